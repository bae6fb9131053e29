// The lock that two calls of setup_booking() queue for. No application reaches it, and nobody who could not
// set up holds it.
#include "extension/booking_tables.hpp"
#include "extension/postgres_versions.hpp"

namespace slotguard {
namespace {

/** The guard's locks use 0x51 here, the journal's 0x52, and pg_advisory_lock 1 and 2. */
constexpr uint16 our_kind_of_advisory_lock = 0x53;

void take_setup_lock(Oid schema) {
    if (const AclResult result = may_create_in(schema); result != ACLCHECK_OK)
        aclcheck_error(result, OBJECT_SCHEMA, get_namespace_name(schema));
    LOCKTAG tag;
    SET_LOCKTAG_ADVISORY(tag, MyDatabaseId, schema, 0, our_kind_of_advisory_lock);
    LockAcquire(&tag, ExclusiveLock, false, false);
}

} // namespace
} // namespace slotguard

extern "C" {
PG_FUNCTION_INFO_V1(lock_setup);
Datum lock_setup(PG_FUNCTION_ARGS) {
    slotguard::take_setup_lock(slotguard::schema_of_function(fcinfo));
    PG_RETURN_VOID();
}
}
