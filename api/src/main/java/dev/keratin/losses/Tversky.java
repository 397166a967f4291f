package dev.keratin.losses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;
import dev.keratin.config.Json;

/**
 * {@code 1 - tp / (tp + alpha * fp + beta * fn)}: how badly two regions overlap, with a price for each kind of error.
 *
 * @see <a href="https://arxiv.org/abs/1706.05721">Salehi et al.: Tversky loss function for image segmentation (2017)</a>
 */
public final class Tversky extends StandardLoss<Tversky> {
    private double alpha;
    private double beta;
    private int[] axes = {};

    /** With both prices 0.5, which makes it {@link Dice}. */
    public Tversky() {
        this(0.5, 0.5);
    }

    /**
     * With the given prices.
     *
     * @param alpha of what is in the targets only
     * @param beta of what is in the predictions only
     */
    public Tversky(double alpha, double beta) {
        super("tversky");
        this.alpha = alpha;
        this.beta = beta;
    }

    static Tversky from(ObjectNode config) {
        return new Tversky(Json.number(config, "alpha", 0.5), Json.number(config, "beta", 0.5))
                .axis(Axes.from(config)).configure(config);
    }

    /** Sets the price of what is in the targets only. */
    public Tversky alpha(double alpha) {
        this.alpha = alpha;
        return this;
    }

    /** Sets the price of what is in the predictions only. */
    public Tversky beta(double beta) {
        this.beta = beta;
        return this;
    }

    /** Sets the axes that a region lies in, such as 1, 2, 3 for one number per image; none (unless set) means all. */
    public Tversky axis(int... axes) {
        this.axes = axes.clone();
        return this;
    }


    @Override
    Tversky self() {
        return this;
    }

    @Override
    protected Tensor values(Tensor yTrue, Tensor yPred) {
        return RegressionLosses.matched(yTrue, yPred, (y, p) -> Losses.tversky(y, p, alpha, beta, axes));
    }

    @Override
    public ObjectNode config() {
        return Axes.addTo(super.config().put("alpha", alpha).put("beta", beta), axes);
    }
}
