// The columns that a trigger sets in the row that it was given.
#pragma once

#include "extension/postgres_headers.hpp"

namespace slotguard {

class changed_columns {
  public:
    void set(AttrNumber column, Datum value) { add(column, value, false); }
    void set_null(AttrNumber column) { add(column, Datum{0}, true); }

    HeapTuple put_into(HeapTuple row, TupleDesc columns) {
        return count_ ? heap_modify_tuple_by_cols(row, columns, count_, numbers_, values_, nulls_)
                      : row;
    }

  private:
    static constexpr int most = 10;

    void add(AttrNumber column, Datum value, bool is_null) {
        numbers_[count_] = column;
        values_[count_] = value;
        nulls_[count_++] = is_null;
    }

    int count_ = 0;
    int numbers_[most];
    Datum values_[most];
    bool nulls_[most];
};

} // namespace slotguard
