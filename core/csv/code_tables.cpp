#include "core/csv/code_tables.hpp"

namespace preempt::csv {
namespace {

#include "core/csv/code_tables.inc"

static_assert(sizeof k_gbk == kGbkLeads * kGbkTrails * sizeof(std::uint16_t));
static_assert(sizeof k_cp932 == kCp932Leads * kCp932Trails * sizeof(std::uint16_t));

} // namespace

const std::uint16_t* gbk_table() {
    return k_gbk;
}
const std::uint16_t* cp932_table() {
    return k_cp932;
}

} // namespace preempt::csv
