package dev.keratin.optimizers;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import org.jspecify.annotations.Nullable;

/**
 * Assigns variables only where a condition holds. A choice between two values and not a branch, so that it melts into
 * the element-wise kernel that computes the value.
 *
 * @param open bool scalar; null for always
 */
record Gate(@Nullable Tensor open) {
    void assign(Variable variable, Tensor value) {
        variable.assign(open == null ? value : Ops.where(open, value, variable.value()));
    }

    Gate and(@Nullable Tensor condition) {
        if (open == null || condition == null) {
            return new Gate(open == null ? condition : open);
        }
        return new Gate(Ops.logicalAnd(open, condition));
    }
}
