// The one translation unit that compiles Boost.JSON (header-only use, see its documentation).
#include <boost/json/src.hpp>
