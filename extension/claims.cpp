#include <charconv>

#include "extension/claims.hpp"

#include "extension/booking_keys.hpp"
#include "extension/mentor.hpp"
#include "extension/postgres_versions.hpp"

namespace slotguard {
namespace {

constexpr const char* setting = "request.jwt.claims";

/** The claims that were read last, and the text that they stood in: the requests of one visitor often
 *  follow each other. */
struct kept_claims {
    char* text;
    bool has_startup_id;
    std::int64_t startup_id;
    char* mentor_id; ///< nullptr where there is none
};
kept_claims kept{};

[[noreturn]] void refuse(const char* what) {
    ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("%s", what),
            errhint("Set %s to the claims of a token, such as "
                    "{\"role\": \"slotguard_startup\", \"startup_id\": 7}, or leave it empty.",
                    setting));
    pg_unreachable();
}

/** What is wrong with it is told in our words: whoever set it need not be who made the call. */
JsonbContainer* parse(char* text) {
    if (pg_parse_json(lexer_of(text), &nullSemAction) != JSON_SUCCESS)
        refuse(psprintf("setting \"%s\" is no JSON", setting));
    JsonbContainer* claims =
        &DatumGetJsonbP(DirectFunctionCall1(jsonb_in, CStringGetDatum(text)))->root;
    if (!JsonContainerIsObject(claims))
        refuse(psprintf("setting \"%s\" is no JSON object", setting));
    return claims;
}

/** Nothing where the claim is missing or null, as policies see it. */
std::optional<JsonbValue> find(JsonbContainer* claims, const char* name) {
    JsonbValue room;
    const JsonbValue* found = getKeyJsonValueFromContainer(claims, name, int(strlen(name)), &room);
    return found && found->type != jbvNull ? std::optional{*found} : std::nullopt;
}

const char* letters_of(const JsonbValue& string) {
    return pnstrdup(string.val.string.val, std::size_t(string.val.string.len));
}

/** A number, or a string of digits: some issuers write all their claims as strings. */
std::int64_t startup_in(const JsonbValue& claim) {
    const char* digits =
        claim.type == jbvString ? letters_of(claim)
        : claim.type == jbvNumeric
            ? DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(claim.val.numeric)))
            : "";
    const char* end = digits + strlen(digits);
    std::int64_t number = 0;
    const auto [read_to, fault] = std::from_chars(digits, end, number);
    if (fault != std::errc{} || read_to != end)
        refuse(psprintf("claim \"startup_id\" in setting \"%s\" is no integer", setting));
    return number;
}

const char* mentor_in(const JsonbValue& claim) {
    if (claim.type != jbvString)
        refuse(psprintf("claim \"mentor_id\" in setting \"%s\" is no string", setting));
    return letters_of(claim);
}

void keep(kept_claims read) {
    read.text = MemoryContextStrdup(TopMemoryContext, read.text);
    if (read.mentor_id)
        read.mentor_id = MemoryContextStrdup(TopMemoryContext, read.mentor_id);
    for (char* old : {kept.text, kept.mentor_id})
        if (old)
            pfree(old);
    kept = read;
}

void read_anew(const char* set) {
    char* text = pstrdup(set);
    kept_claims read{.text = text, .has_startup_id = false, .startup_id = 0, .mentor_id = nullptr};
    JsonbContainer* claims = parse(text);
    if (const auto startup_id = find(claims, "startup_id")) {
        read.has_startup_id = true;
        read.startup_id = startup_in(*startup_id);
    }
    if (const auto mentor_id = find(claims, "mentor_id"))
        read.mentor_id = const_cast<char*>(mentor_in(*mentor_id));
    keep(read);
}

/** A uuid of any spelling; what is none is told as the claim that it is. */
Datum uuid_of(const char* mentor_id) {
    const auto digits = std::count_if(mentor_id, mentor_id + strlen(mentor_id), [](char letter) {
        return isxdigit(static_cast<unsigned char>(letter));
    });
    if (digits != 2 * UUID_LEN)
        refuse(psprintf("claim \"mentor_id\" in setting \"%s\" is no uuid", setting));
    return DirectFunctionCall1(uuid_in, CStringGetDatum(mentor_id));
}

const char* spelled(const sessions_table& sessions, Datum mentor_key) {
    return psprintf("\"%s\"", sessions.mentor_type == UUIDOID
                                  ? DatumGetCString(DirectFunctionCall1(uuid_out, mentor_key))
                                  : TextDatumGetCString(mentor_key));
}

[[noreturn]] void is_not_yours(const char* whom, const char* argument, const char* asked,
                               const char* own) {
    ereport(ERROR, errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
            errmsg("%s %s is not yours", whom, asked),
            errdetail("The claims of this request are those of %s %s.", whom, own),
            errhint("Pass %s as %s, or sign in as %s %s.", own, argument, whom, asked));
    pg_unreachable();
}

} // namespace

request_claims request_claims::read(const sessions_table& sessions) {
    request_claims claims{sessions};
    const char* set = GetConfigOption(setting, true, false);
    if (!set || !*set)
        return claims;
    if (!kept.text || strcmp(kept.text, set) != 0)
        read_anew(set);
    if (kept.has_startup_id)
        claims.startup_id_ = kept.startup_id;
    if (kept.mentor_id)
        claims.mentor_key_ = sessions.mentor_type == UUIDOID ? uuid_of(kept.mentor_id)
                                                             : CStringGetTextDatum(kept.mentor_id);
    return claims;
}

bool request_claims::is_of_mentor(Datum mentor_key) const {
    return !mentor_key_ || is_same_mentor(sessions_, mentor_key, *mentor_key_);
}

bool request_claims::are_of(Datum mentor_key, std::int64_t startup_id) const {
    return is_of_startup(startup_id) && is_of_mentor(mentor_key);
}

void request_claims::check_wish(Datum mentor_key, std::int64_t startup_id) const {
    if (!is_of_startup(startup_id))
        is_not_yours("startup", "startup_id", psprintf(INT64_FORMAT, startup_id),
                     psprintf(INT64_FORMAT, *startup_id_));
    if (!is_of_mentor(mentor_key))
        is_not_yours("mentor", "mentor_id", spelled(sessions_, mentor_key),
                     spelled(sessions_, *mentor_key_));
}

const char* request_claims::condition(int first) const {
    StringInfoData condition;
    initStringInfo(&condition);
    if (startup_id_)
        appendStringInfo(&condition, " AND startup_id OPERATOR(pg_catalog.=) $%d", first++);
    if (mentor_key_)
        appendStringInfo(&condition, " AND mentor_id OPERATOR(pg_catalog.=) $%d::pg_catalog.%s",
                         first, sessions_.mentor_type == UUIDOID ? "uuid" : "text");
    return condition.data;
}

int request_claims::add_parameters(Oid* types, Datum* values, int count) const {
    if (startup_id_) {
        types[count] = INT8OID;
        values[count++] = Int64GetDatum(*startup_id_);
    }
    if (mentor_key_) {
        types[count] = sessions_.mentor_type;
        values[count++] = *mentor_key_;
    }
    return count;
}

} // namespace slotguard
