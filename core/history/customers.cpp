// Customers (T3): what is known of each unit. In: rows about people, or about whole accounts. Out:
// attributes, when a unit came and left, its value and health, by unit; and who belongs to the company
// itself.
#include "core/history/work.hpp"

#include <cmath>

namespace preempt::history {
namespace {

/// What one row says of a customer, and what the rows of a unit say together.
struct Standing {
    Instant from = kNoInstant, to = kNoInstant, churned = kNoInstant, activated = kNoInstant;
    Instant health_at = kNoInstant;
    double value = std::nan(""), health = std::nan("");
};

/// Of a unit: its own row (an account's, where the unit is the account) goes before those of its people.
struct Customer {
    Standing own, people;
    std::int64_t rows = 0, ended = 0, left = 0; ///< of its people; with an end, with a churn
    bool has_own = false;
};

double number_at(const FileTable& file, Role role, std::size_t row) {
    const auto* column = file.numbers_of(role);
    return column == nullptr ? std::nan("") : column->value[row];
}

Standing standing_of(const Work& w, std::size_t f, std::size_t row) {
    Standing one;
    const auto signup = w.time(f, Role::signup_at, row);
    one.from = w.time(f, Role::active_from, row);
    if (one.from == kNoInstant) one.from = signup;
    one.churned = w.time(f, Role::churned_at, row);
    one.to = earliest(w.time(f, Role::active_to, row), one.churned);
    one.activated = w.time(f, Role::activated_at, row);
    one.value = number_at(w.files[f], Role::annual_value, row);
    one.health = number_at(w.files[f], Role::health_score, row);
    one.health_at = w.time(f, Role::health_at, row);
    return one;
}

/// Rows of one unit, in any order: the first beginning, the last end, the largest value, the latest health
/// (of two at one time the worse).
void add(Standing& all, const Standing& one) {
    all.from = earliest(all.from, one.from);
    all.activated = earliest(all.activated, one.activated);
    all.to = std::max(all.to, one.to);
    all.churned = std::max(all.churned, one.churned);
    if (!(one.value <= all.value)) all.value = std::isnan(one.value) ? all.value : one.value;
    if (std::isnan(one.health)) return;
    const bool later = std::isnan(all.health) || one.health_at > all.health_at ||
                       (one.health_at == all.health_at && one.health < all.health);
    if (!later) return;
    all.health = one.health;
    all.health_at = one.health_at;
}

void add(Customer& customer, const Standing& one, bool is_own) {
    if (is_own) {
        customer.has_own = true;
        add(customer.own, one);
        return;
    }
    ++customer.rows;
    customer.ended += one.to != kNoInstant ? 1 : 0;
    customer.left += one.churned != kNoInstant ? 1 : 0;
    add(customer.people, one);
}

Instant first_stated(Instant a, Instant b) {
    return a != kNoInstant ? a : b;
}
double first_stated(double a, double b) {
    return std::isnan(a) ? b : a;
}

template <class T>
void note(std::vector<T>& column, std::size_t units, std::uint32_t unit, T value, T nothing) {
    if (column.empty()) column.assign(units, nothing);
    column[unit] = value;
}

/// An account has left when its own row says so, or when all of its people who are listed have.
void write(History& h, std::uint32_t unit, const Customer& customer) {
    const Standing &own = customer.own, &people = customer.people;
    const bool all_left = customer.rows > 0 && customer.left == customer.rows;
    const bool all_ended = customer.rows > 0 && customer.ended == customer.rows;
    const auto churned = first_stated(own.churned, all_left ? people.churned : kNoInstant);
    const auto from = first_stated(own.from, people.from);
    const auto to = first_stated(own.to, all_ended ? people.to : kNoInstant);
    const auto activated = first_stated(own.activated, people.activated);
    const double value = first_stated(own.value, people.value);
    const double health = first_stated(own.health, people.health);
    if (churned != kNoInstant) note(h.churned_at, h.units, unit, churned, kNoInstant);
    if (from != kNoInstant) note(h.active_from, h.units, unit, from, kNoInstant);
    if (to != kNoInstant) note(h.active_to, h.units, unit, to, kNoInstant);
    if (activated != kNoInstant) note(h.activated_at, h.units, unit, activated, kNoInstant);
    if (!std::isnan(value)) note(h.annual_value, h.units, unit, value, std::nan(""));
    if (!std::isnan(health)) note(h.health_score, h.units, unit, health, std::nan(""));
}

/// Before anything else is read: who belongs to the company itself. A row that names only an account marks
/// all of the account.
void mark_internal(Work& w) {
    w.internal_person.assign(w.identity.persons, 0);
    w.internal_account.assign(w.identity.accounts, 0);
    w.each_row(TableKind::customers, [&](std::size_t f, std::size_t row) {
        if (!says_yes(w.files[f].text_of(Role::is_internal), row)) return;
        if (w.identity.person[f][row] != kNobody)
            w.internal_person[w.identity.person[f][row]] = 1;
        else if (w.identity.account[f][row] != kNobody)
            w.internal_account[w.identity.account[f][row]] = 1;
        w.any_internal = true;
    });
}

class Reader {
  public:
    explicit Reader(Work& work) : w_(work) {}

    void read() {
        if (std::none_of(w_.files.begin(), w_.files.end(),
                         [](const FileTable& file) { return file.kind == TableKind::customers; }))
            return;
        customers_.resize(w_.history.units);
        own_.assign(w_.history.units, 0);
        auto& listed = w_.history.in_customers;
        for (const bool accounts :
             {false, true}) // what an account's row says holds where a person's is silent
            for (const auto f : w_.file_order)
                if (w_.files[f].kind == TableKind::customers) read_file(f, accounts);
        listed.assign(w_.history.units, 0);
        for (std::uint32_t unit = 0; unit < w_.history.units; ++unit) {
            const auto& customer = customers_[unit];
            if (customer.rows == 0 && !customer.has_own) continue;
            listed[unit] = 1;
            write(w_.history, unit, customer);
        }
    }

  private:
    void read_file(std::size_t f, bool accounts) {
        const auto& from = w_.attributes_of(f);
        for (std::size_t row = 0; row < w_.files[f].rows; ++row) {
            if (!w_.is_used(f, row)) continue;
            const bool is_account =
                w_.identity.person[f][row] == kNobody && w_.identity.account[f][row] != kNobody;
            if (is_account != accounts) continue;
            if (is_account && w_.history.unit == Unit::person) {
                for (const auto person : people_of(w_.identity.account[f][row]))
                    if (w_.internal_person[person] == 0) take(f, row, person, from, false, true);
                continue;
            }
            const auto unit = w_.unit_of(f, row);
            if (unit == kNobody)
                w_.set_aside(f, row, Reason::missing_customer);
            else
                take(f, row, unit, from, is_account, false);
        }
    }

    /// `as_fall_back`: the row is about the account of the unit, and says what the unit's own rows do not.
    /// All rows of an account together, so that their order changes nothing.
    void take(std::size_t f, std::size_t row, std::uint32_t unit, const FileAttributes& from, bool is_own,
              bool as_fall_back) {
        if (w_.is_internal(f, row)) return;
        w_.known[unit] = 1;
        note_hash(f, row, unit, as_fall_back);
        auto& customer = customers_[unit];
        auto& own = own_[unit];
        if (!as_fall_back) own |= kHasRow;
        if (!as_fall_back || (own & kHasRow) == 0) add(customer, standing_of(w_, f, row), is_own);
        for (std::size_t a = 0; a < kAttributes; ++a) {
            if (from.codes[a].empty()) continue;
            auto& column = w_.history.customer_attribute[a];
            if (column.empty()) column.assign(w_.history.units);
            const auto code = from.codes[a][w_.files[f].text_of(attributes()[a])->code[row]];
            if (code == 0 || (as_fall_back && (own >> a & 1U) != 0)) continue;
            if (!as_fall_back) own |= 1U << a;
            // Colleagues of one account may differ: the alphabetically first value stands, for any row order.
            const auto& texts = w_.history.dictionary[a];
            if (column[unit] == 0 || texts.text(code) < texts.text(column[unit])) column.set(unit, code);
        }
    }

    /// The least hash of any key: rows may come in any order, and name the unit in several ways.
    void note_hash(std::size_t f, std::size_t row, std::uint32_t unit, bool as_fall_back) {
        constexpr auto kNone = ~std::uint64_t{0};
        auto& hashes = w_.history.customer_hash;
        if (hashes.empty()) hashes.assign(w_.history.units, kNone);
        if (as_fall_back && hashes[unit] != kNone) return;
        auto& origins = w_.history.customer_origin;
        if (origins.empty()) origins.assign(w_.history.units, kNobody);
        if (origins[unit] == kNobody) origins[unit] = w_.origin_of(f, row);
        for (const auto role : {Role::email, Role::external_id, Role::customer_id, Role::account_id}) {
            const auto* column = w_.files[f].text_of(role);
            if (column == nullptr || column->code[row] == 0) continue;
            std::uint64_t hash = 0xCBF2'9CE4'8422'2325ULL; // FNV-1a, 64 bits
            for (const char c : column->dictionary.text(column->code[row]))
                hash = (hash ^ static_cast<unsigned char>(c)) * 0x0000'0100'0000'01B3ULL;
            hashes[unit] = std::min(hashes[unit], hash);
        }
    }

    /// Unit = person: the people of an account.
    const std::vector<std::uint32_t>& people_of(std::uint32_t account) {
        if (people_.empty()) {
            people_.resize(w_.identity.accounts);
            for (std::uint32_t person = 0; person < w_.identity.persons; ++person)
                if (const auto of = w_.identity.account_of_person[person]; of != kNobody)
                    people_[of].push_back(person);
        }
        return people_[account];
    }

    static constexpr std::uint32_t kHasRow = std::uint32_t{1} << kAttributes;
    static_assert(kAttributes < 32);

    Work& w_;
    std::vector<Customer> customers_;
    std::vector<std::uint32_t> own_; ///< per unit: kHasRow, and the attributes that its own rows state
    std::vector<std::vector<std::uint32_t>> people_;
};

} // namespace

void read_customers(Work& w) {
    w.known.assign(w.history.units, 0);
    mark_internal(w);
    Reader(w).read();
}

} // namespace preempt::history
