import { foldWord } from "../fold.ts";
import { latin } from "./latin.ts";

/** Where books are published, folded: enough of the world's and of Latin America's to tell a place from a press. */
const PLACES = new Set(
  `aix-en-provence,albany,amsterdam,ann arbor,antofagasta,antwerp,arequipa,asuncion,athens,atlanta,austin,australia,
austria,baltimore,bangalore,barcelona,barranquilla,basel,basingstoke,beijing,belem,belgium,belo horizonte,berkeley,
berlin,bern,bethesda,bloomington,bogota,bologna,bonn,boston,boulder,braga,brasil,brazil,brasilia,bremen,brighton,
brisbane,bristol,brussels,bruxelles,buenos aires,burlington,cadiz,cali,cambridge,campinas,canada,caracas,cartagena,
chapel hill,chicago,chichester,chile,china,cincinnati,ciudad de mexico,clevedon,coimbra,college park,cologne,koln,
colombia,columbus,concepcion,copenhagen,cordoba,cuenca,curitiba,dallas,denver,detroit,dordrecht,dublin,durham,
edinburgh,el salvador,england,englewood cliffs,espana,evanston,florence,firenze,florianopolis,fortaleza,france,
frankfurt,frankfurt am main,freiburg,garden city,geneva,geneve,germany,glasgow,glencoe,gottingen,granada,grenoble,
guadalajara,guatemala,guayaquil,haarlem,hamburg,harmondsworth,hartford,heidelberg,helsinki,hillsdale,hoboken,
hong kong,honolulu,houndmills,houston,india,indianapolis,ireland,israel,italy,ithaca,japan,jerusalem,kyoto,la habana,
la paz,la plata,lanham,lausanne,lawrence,leiden,leipzig,leuven,lima,lisboa,lisbon,liverpool,london,londres,los altos,
los angeles,lubbock,lund,lyon,madison,madrid,mahwah,malaga,managua,manchester,manizales,maracaibo,medellin,melbourne,
menlo park,mexico,mexico city,mexico d.f,miami,milan,milano,minneapolis,monterrey,montevideo,montreal,morelia,moscow,
mumbai,munchen,munich,nairobi,nashville,netherlands,the netherlands,new brunswick,new delhi,new haven,new jersey,
new york,new york city,newbury park,norman,northampton,nova york,nueva york,oakland,oslo,ottawa,oviedo,oxford,padova,
palo alto,pamplona,panama,paris,pasadena,peru,petropolis,philadelphia,pisa,pittsburgh,popayan,porto,porto alegre,
portland,prague,princeton,providence,puebla,quebec,quito,recife,redmond,rennes,rio de janeiro,rochester,roma,rome,
rosario,rotterdam,salamanca,salt lake city,salvador,san diego,san francisco,san jose,san juan,san mateo,
san salvador,santa barbara,santa cruz,santa fe,santa monica,santander,santiago,santiago de chile,sao paulo,s.l,seattle,
seoul,sevilla,seville,sheffield,singapore,spain,stanford,st. paul,st. louis,stockholm,stuttgart,sussex,sydney,
switzerland,tegucigalpa,the hague,den haag,thousand oaks,tokyo,toluca,torino,toronto,toulouse,tubingen,tucson,tunja,
turin,uk,united kingdom,united states,upper saddle river,urbana,uruguay,usa,u.s.a,u.s,utrecht,valencia,valladolid,
valparaiso,vancouver,venezia,venezuela,vienna,wien,warsaw,washington,westport,wiesbaden,wurzburg,xalapa,zaragoza,
zurich,alabama,arizona,california,calif,cal,colorado,colo,connecticut,conn,florida,fla,georgia,hawaii,illinois,ill,
indiana,ind,iowa,kansas,kentucky,louisiana,maine,maryland,massachusetts,mass,michigan,mich,minnesota,minn,missouri,
montana,nebraska,nevada,new hampshire,new mexico,north carolina,ohio,oklahoma,okla,oregon,ore,pennsylvania,penn,
tennessee,tenn,texas,tex,utah,vermont,virginia,wisconsin,wis,wyoming,ontario,alberta,british columbia,antioquia,
cundinamarca,scotland,wales,d.c,d. c,d.f,n.j,n.y,n.h,n.c`
    .replaceAll("\n", "")
    .split(","),
);

const STATE = latin(String.raw`^(?:\p{Lu}{2}|\p{Lu}\.\s?\p{Lu}\.?)$`);

/** Whether a short text names a place of publication, as far as the list reaches; `Cambridge, MA` comes in two parts. */
export function isPlace(text: string): boolean {
  if (text.length > 40) return false;
  const bare = text.replace(/[()[\]]/g, "").trim();
  if (STATE.test(bare)) return true;
  return PLACES.has(foldWord(bare).replace(/\.$/, ""));
}

const REGIONS = new Set(
  `alabama,arizona,california,calif,cal,colorado,colo,connecticut,conn,florida,fla,georgia,hawaii,illinois,ill,indiana,
iowa,kansas,kentucky,louisiana,maine,maryland,massachusetts,mass,michigan,minnesota,minn,missouri,nebraska,nevada,
new jersey,new mexico,north carolina,ohio,oregon,pennsylvania,penn,tennessee,texas,utah,virginia,wisconsin,ontario,
alberta,england,scotland,france,germany,spain,espana,italy,japan,china,india,canada,australia,austria,belgium,
switzerland,netherlands,the netherlands,colombia,mexico,peru,chile,brasil,brazil,argentina,uruguay,venezuela,usa,uk,
united kingdom,portugal,ireland,israel,denmark,sweden,norway,finland,greece`
    .replaceAll("\n", "")
    .split(","),
);

/** Whether a text names a state or a country, which a town stands before. */
export function isRegion(text: string): boolean {
  const bare = text.replace(/[()[\]]/g, "").trim();
  return STATE.test(bare) || REGIONS.has(foldWord(bare).replace(/\.$/, ""));
}

const PRESS = latin(
  String.raw`\b(?:press|publish\w*|publ?i?cations?|publishing|verlag|editor(?:a|es|ial)|ediciones|éditions?|edições|edizioni|books|university|universit\w+|universidad\p{L}*|universidade|universitaires?|univ|wiley|springer|elsevier|sage|routledge|pearson|penguin|mcgraw-hill|mcgraw|blackwell|kluwer|birkhäuser|academic|addison[- ]wesley|prentice[- ]hall|morgan[- ]kaufmann|north[- ]holland|gallimard|seuil|armand colin|l'harmattan|l’harmattan|puf|pur|cnrs|minuit|la découverte|dunod|flammarion|fondo de cultura|siglo xxi|alianza|ariel|paidós|gedisa|cátedra|anagrama|planeta|taurus|tecnos|trillas|porrúa|limusa|mcmillan|macmillan|palgrave|ashgate|norton|knopf|harper\p{L}*|random house|doubleday|houghton|mifflin|erlbaum|guilford|brill|gruyter|peter lang|lang|atlas|saraiva|forense|vozes|cortez|artmed|artes médicas|manole|record|companhia das letras|companhia|institut\p{L}*|instituto|department|dept|departamento|ministerio|ministério|ministry|laborator\p{L}*|association|asociación|society|inc|ltd|ltda|gmbh|s\.a|co|corp|corporation|company|house|imprenta|impr|bureau|office|organization|foundation|fundación|center|centre|museum|museo|college|school|sons|bros|brothers|presses|ieee|acm|aaai|csli|dover|vintage|anchor|basic|free|beacon|schocken|hermann|vrin|droz|champion|presença|almedina|unesco|oecd|ocde|who|oms|cepal|clacso|unam|eudeba|losada|amorrortu|sudamericana|continuum|harvester|virago|faber|methuen|chatto|heinemann|secker|cape|picador|verso|polity|open court|scribner\p{L}*|viking|simon|schuster|bantam|dell|ballantine|suhrkamp|fischer|rowohlt|reclam|beck|hanser|insel|fayard|grasset|stock|plon|albin michel|payot|hachette|larousse|nathan|bordas|economica|dalloz|l\.g\.d\.j)\b`,
  "i",
);

/** Whether a text has a word that names of presses, universities and other publishing bodies have. */
export function isPress(text: string): boolean {
  return text.length <= 150 && PRESS.test(text);
}
