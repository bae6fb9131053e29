// What is written for others is written as the owner of the table, as PostgreSQL's own foreign keys do
// it (ri_triggers.c): past policies, and never as the owner of the extension.
#pragma once

#include "extension/postgres_headers.hpp"

namespace slotguard {

/**
 * Acts as `owner` from begin() to end(), with a search_path that the caller has no say in: pg_catalog,
 * `schema` where nobody but the owner and superusers may create objects, and pg_temp last, as
 * RestrictSearchPath() of PostgreSQL 17 does for what it runs as an owner. Otherwise a trigger of the
 * owner's that names a function without its schema would run one of the caller's with the owner's rights.
 * An ERROR ends it with the (sub)transaction.
 */
class owner_rights {
  public:
    static owner_rights begin(Oid owner, Oid schema);
    void end() const;

  private:
    Oid user_;
    int context_;
    int settings_; ///< the nesting level at which search_path is set back
};

} // namespace slotguard
