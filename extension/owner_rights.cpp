#include "extension/owner_rights.hpp"

namespace slotguard {
namespace {

Oid owner_of_database() {
    const HeapTuple tuple = SearchSysCache1(DATABASEOID, ObjectIdGetDatum(MyDatabaseId));
    if (!HeapTupleIsValid(tuple))
        return InvalidOid;
    const Oid owner = reinterpret_cast<Form_pg_database>(GETSTRUCT(tuple))->datdba;
    ReleaseSysCache(tuple);
    return owner;
}

/** Whether `role` gains nothing by what it puts into the owner's way. */
bool is_trusted(Oid role, Oid owner) {
    if (role == ROLE_PG_DATABASE_OWNER)
        role = owner_of_database();
    return role == owner || superuser_arg(role);
}

bool only_trusted_may_create(HeapTuple schema, Oid owner) {
    if (!is_trusted(reinterpret_cast<Form_pg_namespace>(GETSTRUCT(schema))->nspowner, owner))
        return false;
    bool is_null;
    const Datum privileges =
        SysCacheGetAttr(NAMESPACEOID, schema, Anum_pg_namespace_nspacl, &is_null);
    if (is_null)
        return true;
    Acl* acl = DatumGetAclP(privileges);
    return std::none_of(ACL_DAT(acl), ACL_DAT(acl) + ACL_NUM(acl), [owner](const AclItem& item) {
        return (ACLITEM_GET_PRIVS(item) & ACL_CREATE) &&
               (item.ai_grantee == ACL_ID_PUBLIC || !is_trusted(item.ai_grantee, owner));
    });
}

const char* restricted_search_path(Oid owner, Oid schema) {
    const HeapTuple tuple = SearchSysCache1(NAMESPACEOID, ObjectIdGetDatum(schema));
    if (!HeapTupleIsValid(tuple))
        return "pg_catalog, pg_temp";
    const char* name = NameStr(reinterpret_cast<Form_pg_namespace>(GETSTRUCT(tuple))->nspname);
    const char* path = only_trusted_may_create(tuple, owner)
                           ? psprintf("pg_catalog, %s, pg_temp", quote_identifier(name))
                           : "pg_catalog, pg_temp";
    ReleaseSysCache(tuple);
    return path;
}

} // namespace

owner_rights owner_rights::begin(Oid owner, Oid schema) {
    owner_rights caller;
    GetUserIdAndSecContext(&caller.user_, &caller.context_);
    const char* path = restricted_search_path(owner, schema);
    SetUserIdAndSecContext(owner, caller.context_ | SECURITY_LOCAL_USERID_CHANGE |
                                      SECURITY_RESTRICTED_OPERATION | SECURITY_NOFORCE_RLS);
    caller.settings_ = NewGUCNestLevel();
    set_config_option("search_path", path, PGC_USERSET, PGC_S_SESSION, GUC_ACTION_SAVE, true, 0,
                      false);
    return caller;
}

void owner_rights::end() const {
    AtEOXact_GUC(false, settings_);
    SetUserIdAndSecContext(user_, context_);
}

} // namespace slotguard
