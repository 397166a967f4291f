package dev.keratin.activations;

import dev.keratin.OpTable;

/** The functions of {@code keras.activations} that are ops of their own in the table of functions that files may name. */
public final class ActivationRows implements OpTable.Rows {
    @Override
    public void addTo(OpTable table) {
        table.add("ReLU", a -> new Rectifier(a.number("negative_slope"), a.isNull("max_value") ? null : a.number("max_value"),
                a.number("threshold")).call(a.first()));
    }
}
