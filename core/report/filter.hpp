// A filter as the page asks for it and as the report says it was used.
#pragma once

#include <boost/describe.hpp>
#include <string>
#include <vector>

namespace preempt::report {

/// Keeps, or leaves out, what states one of `values`; "" = not stated. All filters of a list must hold.
struct Filter {
    std::string attribute; ///< as in Vocabulary::attributes
    std::vector<std::string> values;
    bool exclude = false;
};
BOOST_DESCRIBE_STRUCT(Filter, (), (attribute, values, exclude))

} // namespace preempt::report
