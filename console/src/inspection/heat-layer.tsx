import { useEffect, useRef } from "react";
import { heatColours } from "./heat-colours.ts";

export interface HeatLayerProps {
  /** Gray PNG, 255 the hottest, 0 also outside the mask. */
  readonly base64: string;
  readonly opacity: number;
}

/** A heatmap in colours over a picture: cold places show the picture as it is. */
export function HeatLayer({ base64, opacity }: HeatLayerProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let isStale = false;
    const picture = new Image();
    picture.onload = () => {
      const target = canvas.current;
      const context = target?.getContext("2d");
      if (isStale || !target || !context) return;
      target.width = picture.naturalWidth;
      target.height = picture.naturalHeight;
      context.drawImage(picture, 0, 0);
      const pixels = context.getImageData(0, 0, target.width, target.height);
      heatColours(pixels.data);
      context.putImageData(pixels, 0, 0);
    };
    picture.src = `data:image/png;base64,${base64}`;
    return () => {
      isStale = true;
    };
  }, [base64]);
  return <canvas ref={canvas} style={{ opacity }} />;
}
