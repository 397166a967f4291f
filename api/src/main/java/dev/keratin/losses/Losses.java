package dev.keratin.losses;

import dev.keratin.backend.TensorType;
import dev.keratin.config.Registry;

/**
 * The losses that strings and files may name, and the functions behind them: values [batch, ...] without weights, as the
 * functions of {@code keras.losses} give them.
 */
public final class Losses extends ProbabilisticLosses {
    private static final Registry<Loss> REGISTRY = new Registry<Loss>("loss", "keras.losses")
            .register(MeanSquaredError::from, "MeanSquaredError", "mean_squared_error", "mse", "MSE")
            .register(MeanAbsoluteError::from, "MeanAbsoluteError", "mean_absolute_error", "mae", "MAE")
            .register(MeanAbsolutePercentageError::from,
                    "MeanAbsolutePercentageError", "mean_absolute_percentage_error", "mape", "MAPE")
            .register(MeanSquaredLogarithmicError::from,
                    "MeanSquaredLogarithmicError", "mean_squared_logarithmic_error", "msle", "MSLE")
            .register(CosineSimilarity::from, "CosineSimilarity", "cosine_similarity")
            .register(Huber::from, "Huber", "huber")
            .register(LogCosh::from, "LogCosh", "log_cosh", "logcosh")
            .register(Poisson::from, "Poisson", "poisson")
            .register(KLDivergence::from, "KLDivergence", "kl_divergence", "kld", "KLD", "kullback_leibler_divergence")
            .register(Hinge::from, "Hinge", "hinge")
            .register(SquaredHinge::from, "SquaredHinge", "squared_hinge")
            .register(CategoricalHinge::from, "CategoricalHinge", "categorical_hinge")
            .register(BinaryCrossentropy::from, "BinaryCrossentropy", "binary_crossentropy", "bce", "BCE")
            .register(BinaryFocalCrossentropy::from, "BinaryFocalCrossentropy", "binary_focal_crossentropy")
            .register(CategoricalCrossentropy::from, "CategoricalCrossentropy", "categorical_crossentropy")
            .register(CategoricalFocalCrossentropy::from, "CategoricalFocalCrossentropy", "categorical_focal_crossentropy")
            .register(SparseCategoricalCrossentropy::from, "SparseCategoricalCrossentropy", "sparse_categorical_crossentropy")
            .register(CategoricalGeneralizedCrossEntropy::from, "CategoricalGeneralizedCrossEntropy")
            .register(Dice::from, "Dice", "dice")
            .register(Tversky::from, "Tversky", "tversky")
            .register(Circle::from, "Circle", "circle")
            .register(CTC::from, "CTC", "ctc");

    private Losses() {}

    /** The loss of a name such as {@code "mse"}, with default arguments. */
    public static Loss get(String name) {
        return REGISTRY.get(name);
    }

    /**
     * The loss that a string stands for in {@code compile}. {@code "crossentropy"} (also {@code "ce"}) is the binary one
     * for a single output, the sparse one where targets are class indices, else the categorical one.
     */
    public static Loss resolve(String id, TensorType yTrue, TensorType yPred) {
        if (!id.equals("crossentropy") && !id.equals("ce")) {
            return get(id);
        } else if (yPred.shape().rank() > 0 && yPred.shape().dim(-1) == 1) {
            return new BinaryCrossentropy();
        }
        int rank = yTrue.shape().rank();
        boolean indices = rank < yPred.shape().rank() || rank > 0 && yTrue.shape().dim(-1) == 1;
        return indices ? new SparseCategoricalCrossentropy() : new CategoricalCrossentropy();
    }

    /** The names, to which own losses can be added. */
    public static Registry<Loss> registry() {
        return REGISTRY;
    }
}
