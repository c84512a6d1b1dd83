#include "apps/sales/api.h"
namespace cashline::sales {
void register_quotes(Registry&) { }
void register_orders(Registry&) { }
}
