// What C++ cannot ask of JavaScript through emscripten::val without a risk: nothing here throws.
// A throw that passes C++ frames would skip their destructors and leave the module's stack where
// it was, so each refusal by JavaScript comes back as a value.
mergeInto(LibraryManager.library, {
  // The order of value_kind in wasm/javascript.hpp.
  slotguard_kind__deps: ['$Emval'],
  slotguard_kind: function (handle) {
    const value = Emval.toValue(handle);
    if (value === null) return 1;
    switch (typeof value) {
      case 'undefined':
        return 0;
      case 'boolean':
        return 2;
      case 'number':
        return Number.isFinite(value) ? 3 : 7;
      case 'string':
        return 4;
      case 'object':
        break;
      default:
        return 7;
    }
    try {
      return Array.isArray(value) ? 5 : 6;
    } catch (revokedProxy) {
      return 7;
    }
  },

  // An own property or undefined: what a polluted Object.prototype holds is nobody's field.
  slotguard_own_property__deps: ['$Emval'],
  slotguard_own_property: function (handle, key) {
    const object = Emval.toValue(handle);
    try {
      const own = Object.prototype.hasOwnProperty.call(object, Emval.toValue(key));
      return Emval.toHandle(own ? object[Emval.toValue(key)] : undefined);
    } catch (throwingGetter) {
      return Emval.toHandle(undefined);
    }
  },

  slotguard_element__deps: ['$Emval'],
  slotguard_element: function (handle, index) {
    try {
      return Emval.toHandle(Emval.toValue(handle)[index]);
    } catch (throwingGetter) {
      return Emval.toHandle(undefined);
    }
  },

  slotguard_length__deps: ['$Emval'],
  slotguard_length: function (handle) {
    try {
      return Emval.toValue(handle).length >>> 0;
    } catch (throwingGetter) {
      return 0;
    }
  },

  // What a number or a Date says, NaN for anything else.
  slotguard_milliseconds__deps: ['$Emval'],
  slotguard_milliseconds: function (handle) {
    const value = Emval.toValue(handle);
    if (typeof value === 'number') return value;
    try {
      return Date.prototype.getTime.call(value);
    } catch (notADate) {
      return NaN;
    }
  },

  // A new object, or undefined where its constructor refuses (Intl, an unknown locale or zone).
  slotguard_construct__deps: ['$Emval'],
  slotguard_construct: function (constructor, first, second) {
    try {
      const Constructor = Emval.toValue(constructor);
      return Emval.toHandle(new Constructor(Emval.toValue(first), Emval.toValue(second)));
    } catch (refused) {
      return Emval.toHandle(undefined);
    }
  },
});
