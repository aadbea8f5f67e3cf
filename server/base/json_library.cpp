// Boost.JSON is compiled here, once; everywhere else only its declarations are read.
#include <boost/json/src.hpp>
