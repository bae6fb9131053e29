// The functions that the page calls. Inside, an answer is data, a wrong call an Error as a value;
// it is thrown here, where no C++ frame is left that the throw could pass.
const throwing = function (inside) {
  return function (input, options) {
    const answer = Module[inside](input, options);
    if (answer instanceof Error) throw answer;
    return answer;
  };
};
Module['formatSlots'] = throwing('formatSlotsOrError');
Module['describeOutcome'] = throwing('describeOutcomeOrError');
