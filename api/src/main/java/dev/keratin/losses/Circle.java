package dev.keratin.losses;

import static dev.keratin.Ops.add;
import static dev.keratin.Ops.maximum;
import static dev.keratin.Ops.multiply;
import static dev.keratin.Ops.subtract;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.config.Json;

/**
 * The circle loss of normalised embeddings [batch, dims] with labels [batch]: same labels are drawn together, others
 * apart, each the more the further it is from where it should be.
 *
 * @see <a href="https://arxiv.org/abs/2002.10857">Sun et al.: Circle loss (2020)</a>
 */
public final class Circle extends StandardLoss<Circle> {
    private double gamma;
    private double margin;
    private boolean removeDiagonal = true;

    /** With gamma 80 and margin 0.4. */
    public Circle() {
        this(80.0, 0.4);
    }

    /**
     * With the given scale and margin.
     *
     * @param gamma the scale of all similarities
     * @param margin how far from its optimum a similarity may be, from 0 to 1
     */
    public Circle(double gamma, double margin) {
        super("circle");
        this.gamma = gamma;
        this.margin = margin;
    }

    static Circle from(ObjectNode config) {
        return new Circle(Json.number(config, "gamma", 80.0), Json.number(config, "margin", 0.4))
                .removeDiagonal(Json.bool(config, "remove_diagonal", true)).configure(config);
    }

    /** Sets the scale of all similarities. */
    public Circle gamma(double gamma) {
        this.gamma = gamma;
        return this;
    }

    /** Sets how far from its optimum a similarity may be. */
    public Circle margin(double margin) {
        this.margin = margin;
        return this;
    }

    /** Sets whether a sample is no pair with itself; true unless set. */
    public Circle removeDiagonal(boolean removeDiagonal) {
        this.removeDiagonal = removeDiagonal;
        return this;
    }

    @Override
    Circle self() {
        return this;
    }

    @Override
    protected void check(TensorType yTrue, TensorType yPred) {
        long batch = yPred.shape().rank() == 2 ? yPred.shape().dim(0) : -1;
        if (batch < 0 || yTrue.shape().size() != batch) {
            throw new IllegalArgumentException("Circle: embeddings [batch, dims] and one label for each are required."
                    + Fit.received(yTrue, yPred) + " Flatten the embeddings.");
        }
    }

    @Override
    protected Tensor values(Tensor yTrue, Tensor yPred) {
        long batch = yPred.shape().dim(0);
        Tensor distances = maximum(subtract(1.0, Ops.matmul(yPred, Ops.transpose(yPred))), 0.0);
        Tensor same = Ops.equal(Ops.reshape(yTrue, batch, 1), Ops.reshape(yTrue, 1, batch));
        Tensor others = Ops.logicalNot(Ops.eye(batch, batch, 0, DType.BOOL));
        Tensor positives = removeDiagonal ? Ops.logicalAnd(same, others) : same;
        Tensor pull = multiply(multiply(maximum(add(distances, margin), 0.0), subtract(margin, distances)), -gamma);
        Tensor push = multiply(multiply(maximum(subtract(1 + margin, distances), 0.0), subtract(1 - margin, distances)), gamma);
        Tensor values = Ops.softplus(add(over(positives, pull), over(Ops.logicalNot(same), push)));
        values.attachMask(Ops.greater(values, 0.0));
        return values;
    }

    /** The logarithm of the sum of the exponentials of those that count; minus infinity, without a gradient, for none. */
    private static Tensor over(Tensor counting, Tensor exponents) {
        return Ops.logsumexp(Ops.where(counting, exponents, Double.NEGATIVE_INFINITY), 1);
    }

    @Override
    public ObjectNode config() {
        return super.config().put("gamma", gamma).put("margin", margin).put("remove_diagonal", removeDiagonal);
    }
}
