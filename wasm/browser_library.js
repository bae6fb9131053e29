// What C++ imports from JavaScript; wasm/intl.js answers.
mergeInto(LibraryManager.library, {
  slotguard_ask: function (question, length) {
    return replyToQuestion(question, length);
  },
});
