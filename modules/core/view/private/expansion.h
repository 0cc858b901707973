// ${NAME} in a fact of operator.conf stands for another fact. (Poco::Util can do this, too; but its
// library and the three that it needs cost a program more at its start than all of its templates.)
#pragma once

#include "core/base/result.h"
#include "core/view/operator_facts.h"

namespace portal {

// The facts with each ${NAME} replaced by that fact, in which others may stand in turn. A $ without
// { is a $. Refused, with the fact's name: a ${NAME} that is no fact, one without }, and facts that
// stand for each other in a circle.
Result<OperatorFacts> expanded(const OperatorFacts& facts);

}  // namespace portal
