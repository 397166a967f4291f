package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The area under a curve of a classifier, from 0 to 1: how well its predictions tell true from false, whatever the
 * threshold. The curve is sampled at thresholds, so more of them make it more exact.
 *
 * @see <a href="https://doi.org/10.1145/1143844.1143874">Davis, Goadrich: The relationship between precision-recall and
 *     ROC curves (2006)</a>
 */
public final class AUC extends StandardMetric<AUC> {
    private Thresholds thresholds = Thresholds.spaced("AUC", 200, 2);
    private boolean ownThresholds;
    private AreaUnderCurve.Curve curve = AreaUnderCurve.Curve.ROC;
    private AreaUnderCurve.Summation summationMethod = AreaUnderCurve.Summation.INTERPOLATION;
    private boolean multiLabel;
    private @Nullable Integer numLabels;
    private double[] labelWeights = {};
    private boolean fromLogits;
    private @Nullable ConfusionCounts counts;

    /** The area under the ROC curve at 200 thresholds, named {@code "auc"}. */
    public AUC() {
        super("auc");
    }

    static AUC from(JsonNode config) {
        AUC made = new AUC().numThresholds(Json.integer(config, "num_thresholds", 200))
                .curve(Json.text(config, "curve", "ROC")).summationMethod(Json.text(config, "summation_method", "interpolation"))
                .multiLabel(Json.bool(config, "multi_label", false)).numLabels(Json.integer(config, "num_labels"))
                .fromLogits(Json.bool(config, "from_logits", false));
        if (Json.has(config, "label_weights")) {
            made.labelWeights(numbers(config.get("label_weights")));
        }
        return (Json.has(config, "thresholds") ? made.thresholds(Thresholds.from(config)) : made).configure(config);
    }

    private static double[] numbers(JsonNode array) {
        List<Double> numbers = new ArrayList<>();
        array.forEach(each -> numbers.add(each.asDouble()));
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Sets at how many thresholds the curve is sampled, at least 2; 200 unless set. */
    public AUC numThresholds(int numThresholds) {
        thresholds = Thresholds.spaced("AUC", numThresholds, 2);
        ownThresholds = false;
        return this;
    }

    /** Sets the thresholds, from 0 to 1, that the curve is sampled at; 0 and 1 are added. */
    public AUC thresholds(double... inner) {
        thresholds = Thresholds.between("AUC", inner);
        ownThresholds = true;
        return this;
    }

    /**
     * Sets the curve: {@code "ROC"} (unless set; recall over the share of false positives), {@code "PR"} (precision over
     * recall) or {@code "PRGAIN"} (gains of both).
     */
    public AUC curve(String curve) {
        this.curve = choose("curve", curve, AreaUnderCurve.Curve.values());
        return this;
    }

    /**
     * Sets how the area between two samples is taken: {@code "interpolation"} (unless set), {@code "minoring"} or
     * {@code "majoring"}.
     */
    public AUC summationMethod(String summationMethod) {
        this.summationMethod = choose("summationMethod", summationMethod, AreaUnderCurve.Summation.values());
        return this;
    }

    /** Sets whether each column of [batch, labels] has a curve, and the mean of the areas counts; false unless set. */
    public AUC multiLabel(boolean multiLabel) {
        this.multiLabel = multiLabel;
        return this;
    }

    /** Sets the number of labels of a multi-label metric; null (unless set) to take it from the first batch. */
    public AUC numLabels(@Nullable Integer numLabels) {
        this.numLabels = numLabels;
        return this;
    }

    /** Sets how much each label counts; 1 unless set. */
    public AUC labelWeights(double... labelWeights) {
        this.labelWeights = labelWeights.clone();
        return this;
    }

    /** Sets whether predictions are real numbers, whose sigmoids are the probabilities; false unless set. */
    public AUC fromLogits(boolean fromLogits) {
        this.fromLogits = fromLogits;
        return this;
    }

    @Override
    AUC self() {
        return this;
    }

    @Override
    void build() {
        if (!multiLabel || numLabels != null) {
            makeCounts(numLabels);
        }
    }

    private ConfusionCounts makeCounts(@Nullable Integer labels) {
        Shape shape = multiLabel && labels != null ? Shape.of(thresholds.count(), labels) : Shape.of(thresholds.count());
        counts = new ConfusionCounts(this, thresholds.withMargins(), shape, List.of(Cell.values()));
        return counts;
    }

    @Override
    public void updateState(Tensor yTrue, Tensor yPred, @Nullable Tensor sampleWeight) {
        ensureBuilt();
        if (multiLabel && yPred.rank() != 2) {
            throw new IllegalArgumentException("AUC: predictions [batch, labels] are required with multiLabel. Received: "
                    + yPred.type() + ".");
        }
        ConfusionCounts target = counts != null ? counts : makeCounts((int) yPred.shape().dim(-1));
        Tensor probabilities = fromLogits ? Ops.sigmoid(yPred) : yPred;
        target.add(LabelledRows.of(new LabelledRows.Batch(yTrue, probabilities, sampleWeight, dtype()),
                LabelledRows.Choice.ALL, multiLabel ? null : weights(), multiLabel));
    }

    private @Nullable Tensor weights() {
        return labelWeights.length == 0 ? null : Ops.cast(Tensor.of(labelWeights, labelWeights.length), dtype());
    }

    @Override
    public Tensor result() {
        ensureBuilt();
        if (counts == null) {
            throw new IllegalStateException("AUC: numLabels or a batch is required before the result. Received: neither.");
        }
        Tensor areas = new AreaUnderCurve(counts).of(curve, summationMethod);
        if (!multiLabel || labelWeights.length == 0) {
            return Ops.mean(areas);
        }
        Tensor weights = Ops.cast(Tensor.of(labelWeights, labelWeights.length), dtype());
        return Quotient.of(Ops.sum(Ops.multiply(areas, weights)), Ops.sum(weights));
    }

    @Override
    public Direction direction() {
        return Direction.UP;
    }

    private static <E extends Enum<E>> E choose(String argument, String name, E[] known) {
        for (E each : known) {
            if (each.name().equalsIgnoreCase(name)) {
                return each;
            }
        }
        throw new IllegalArgumentException("AUC: " + argument + " of " + Arrays.toString(known)
                + " is required. Received: \"" + name + "\".");
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config().put("num_thresholds", thresholds.count()).put("curve", curve.name())
                .put("summation_method", summationMethod.name().toLowerCase(Locale.ROOT)).put("multi_label", multiLabel)
                .put("num_labels", numLabels);
        config.set("label_weights", labelWeights.length == 0 ? null : Json.MAPPER.valueToTree(labelWeights));
        config.put("from_logits", fromLogits);
        if (ownThresholds) {
            double[] all = thresholds.values();
            config.set("thresholds", Json.MAPPER.valueToTree(Arrays.copyOfRange(all, 1, all.length - 1)));
        }
        return config;
    }
}
