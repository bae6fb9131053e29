// When the servers of the property test believe that it is. A start that is past can't be booked, so
// clocks that were changed long ago are asked about from before.

export const clocks = [
  'now',
  '2011-12-20 00:00:00 UTC', // Samoa and Tokelau skip a day
  '2018-10-20 00:00:00 UTC', // Sao Paulo, Beirut and Santiago change at midnight; Casablanca stays in summer
  '2023-03-10 00:00:00 UTC', // Cairo begins again at midnight, Beirut for one day, Casablanca in Ramadan
];
