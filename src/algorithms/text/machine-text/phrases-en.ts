/**
 * Turns that language models use again and again in English and that people use far less: each a few times as frequent
 * in essays of models as in those of people. Single words only where hardly anyone writes them.
 */
export const PHRASES_EN = `
it is important to note
it is important to consider
it is worth noting
it is essential to
it is crucial to
important to ensure that
plays a crucial role
play a crucial role
plays a vital role
play a vital role
plays a significant role
plays a pivotal role
plays a key role
a wide range of
a wide array of
a diverse range of
a wealth of
a testament to
serves as a reminder
stands as a reminder
serves as a testament
valuable insight
valuable insights
invaluable in
strike a balance
striking a balance
delve into
delves into
delving into
navigate the complexities
navigating the complexities
the complexities of
rich tapestry
ever-evolving
ever-changing
rapidly evolving
fast-paced world
in today's world
in today's digital age
foster a sense of
fosters a sense of
fostering a sense of
sense of community
sense of belonging
sense of purpose
sense of pride
sense of accomplishment
underscores the importance
highlights the importance
emphasizes the importance
holistic approach
well-being and
the well-being of
pros and cons
benefits and drawbacks
potential drawbacks
potential benefits
first and foremost
has its own set of
in conclusion while
ultimately the decision
ultimately depends on
it ultimately depends
far outweigh
outweigh the potential
can help ensure
help to foster
help foster
allows individuals to
allow individuals to
personal growth
personal and professional
achieve their goals
their full potential
long-term goals
challenges and setbacks
in the face of challenges
in the face of adversity
the driving force behind
gain a deeper understanding
a deeper understanding of
informed decisions
critical thinking skills
a unique perspective
unique perspectives
positive impact on
significant impact on
profound impact on
more sustainable future
a brighter future
paving the way for
pave the way for
sheds light on
by fostering
by leveraging
leveraging
multifaceted
seamlessly
a cornerstone of
at the forefront of
in the realm of
in a variety of ways
as technology continues to
continues to evolve
embark on a journey
unlock the potential
harness the power
`;
