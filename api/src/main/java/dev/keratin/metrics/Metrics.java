package dev.keratin.metrics;

import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.config.Registry;
import java.util.Set;

/** The metrics that strings and files may name, and functions behind some of them: values [batch, ...] without weights. */
public final class Metrics extends CorrelationFunctions {
    private static final Registry<Metric> REGISTRY = new Registry<Metric>("metric", "keras.metrics")
            .register(Mean::from, "Mean", "mean")
            .register(Sum::from, "Sum", "sum")
            .register(Accuracy::from, "Accuracy", "accuracy", "acc")
            .register(BinaryAccuracy::from, "BinaryAccuracy", "binary_accuracy")
            .register(CategoricalAccuracy::from, "CategoricalAccuracy", "categorical_accuracy")
            .register(SparseCategoricalAccuracy::from, "SparseCategoricalAccuracy", "sparse_categorical_accuracy")
            .register(TopKCategoricalAccuracy::from, "TopKCategoricalAccuracy", "top_k_categorical_accuracy")
            .register(SparseTopKCategoricalAccuracy::from,
                    "SparseTopKCategoricalAccuracy", "sparse_top_k_categorical_accuracy")
            .register(MeanSquaredError::from, "MeanSquaredError", "mean_squared_error", "mse", "MSE")
            .register(RootMeanSquaredError::from, "RootMeanSquaredError", "root_mean_squared_error")
            .register(MeanAbsoluteError::from, "MeanAbsoluteError", "mean_absolute_error", "mae", "MAE")
            .register(MeanAbsolutePercentageError::from,
                    "MeanAbsolutePercentageError", "mean_absolute_percentage_error", "mape", "MAPE")
            .register(MeanSquaredLogarithmicError::from,
                    "MeanSquaredLogarithmicError", "mean_squared_logarithmic_error", "msle", "MSLE")
            .register(CosineSimilarity::from, "CosineSimilarity", "cosine_similarity")
            .register(LogCoshError::from, "LogCoshError", "log_cosh_error")
            .register(R2Score::from, "R2Score", "r2_score")
            .register(PearsonCorrelation::from, "PearsonCorrelation", "pearson_correlation")
            .register(ConcordanceCorrelation::from, "ConcordanceCorrelation", "concordance_correlation")
            .register(Poisson::from, "Poisson", "poisson")
            .register(KLDivergence::from, "KLDivergence", "kl_divergence")
            .register(BinaryCrossentropy::from, "BinaryCrossentropy", "binary_crossentropy", "bce", "BCE")
            .register(CategoricalCrossentropy::from, "CategoricalCrossentropy", "categorical_crossentropy")
            .register(SparseCategoricalCrossentropy::from,
                    "SparseCategoricalCrossentropy", "sparse_categorical_crossentropy")
            .register(Hinge::from, "Hinge", "hinge")
            .register(SquaredHinge::from, "SquaredHinge", "squared_hinge")
            .register(CategoricalHinge::from, "CategoricalHinge", "categorical_hinge")
            .register(AUC::from, "AUC", "auc")
            .register(Precision::from, "Precision", "precision")
            .register(Recall::from, "Recall", "recall")
            .register(TruePositives::from, "TruePositives", "true_positives")
            .register(TrueNegatives::from, "TrueNegatives", "true_negatives")
            .register(FalsePositives::from, "FalsePositives", "false_positives")
            .register(FalseNegatives::from, "FalseNegatives", "false_negatives")
            .register(PrecisionAtRecall::from, "PrecisionAtRecall", "precision_at_recall")
            .register(RecallAtPrecision::from, "RecallAtPrecision", "recall_at_precision")
            .register(SensitivityAtSpecificity::from, "SensitivityAtSpecificity", "sensitivity_at_specificity")
            .register(SpecificityAtSensitivity::from, "SpecificityAtSensitivity", "specificity_at_sensitivity")
            .register(F1Score::from, "F1Score", "f1_score")
            .register(FBetaScore::from, "FBetaScore", "f_beta_score")
            .register(IoU::from, "IoU", "io_u")
            .register(BinaryIoU::from, "BinaryIoU", "binary_io_u")
            .register(MeanIoU::from, "MeanIoU", "mean_io_u")
            .register(OneHotIoU::from, "OneHotIoU", "one_hot_io_u")
            .register(OneHotMeanIoU::from, "OneHotMeanIoU", "one_hot_mean_io_u");

    private static final Set<String> SHORT_NAMES = Set.of("accuracy", "acc", "Accuracy", "crossentropy", "ce");

    private Metrics() {}

    /** The metric of a name such as {@code "mse"}, with default arguments. */
    public static Metric get(String name) {
        return REGISTRY.get(name);
    }

    /** The names, to which own metrics can be added. */
    public static Registry<Metric> registry() {
        return REGISTRY;
    }

    /**
     * The metric that a string stands for in {@code compile}, called by that string in logs. {@code "accuracy"} (also
     * {@code "acc"}) and {@code "crossentropy"} (also {@code "ce"}) are the binary one for a single output, the sparse one
     * where targets are class indices, else the categorical one.
     */
    public static Metric resolve(String id, TensorType yTrue, TensorType yPred) {
        Metric metric = switch (id) {
            case "accuracy", "acc", "Accuracy" -> accuracy(yTrue.shape(), yPred.shape());
            case "crossentropy", "ce" -> crossentropy(yTrue.shape(), yPred.shape());
            default -> get(id);
        };
        metric.rename(id);
        return metric;
    }

    /**
     * Refuses a string that {@link #resolve} does not know.
     *
     * @throws IllegalArgumentException naming near misses
     */
    public static void requireKnown(String id) {
        if (!SHORT_NAMES.contains(id) && !REGISTRY.names().contains(id)) {
            REGISTRY.get(id);
        }
    }

    private static Metric accuracy(Shape yTrue, Shape yPred) {
        if (isBinary(yPred)) {
            return new BinaryAccuracy();
        }
        return isSparse(yTrue, yPred) ? new SparseCategoricalAccuracy() : new CategoricalAccuracy();
    }

    private static Metric crossentropy(Shape yTrue, Shape yPred) {
        if (isBinary(yPred)) {
            return new BinaryCrossentropy();
        }
        return isSparse(yTrue, yPred) ? new SparseCategoricalCrossentropy() : new CategoricalCrossentropy();
    }

    private static boolean isBinary(Shape yPred) {
        return yPred.rank() > 0 && yPred.dim(-1) == 1;
    }

    private static boolean isSparse(Shape yTrue, Shape yPred) {
        return yTrue.rank() < yPred.rank() || yTrue.rank() > 0 && yTrue.dim(-1) == 1;
    }
}
