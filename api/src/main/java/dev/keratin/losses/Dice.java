package dev.keratin.losses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;

/** {@code 1 - 2 * |a and b| / (|a| + |b|)}: how badly two regions overlap, each given by its degrees of membership. */
public final class Dice extends StandardLoss<Dice> {
    private int[] axes = {};

    /** With the defaults. */
    public Dice() {
        super("dice");
    }

    static Dice from(ObjectNode config) {
        return new Dice().axis(Axes.from(config)).configure(config);
    }

    /** Sets the axes that a region lies in, such as 1, 2, 3 for one number per image; none (unless set) means all. */
    public Dice axis(int... axes) {
        this.axes = axes.clone();
        return this;
    }


    @Override
    Dice self() {
        return this;
    }

    @Override
    protected Tensor values(Tensor yTrue, Tensor yPred) {
        return RegressionLosses.matched(yTrue, yPred, (y, p) -> Losses.dice(y, p, axes));
    }

    @Override
    public ObjectNode config() {
        return Axes.addTo(super.config(), axes);
    }
}
