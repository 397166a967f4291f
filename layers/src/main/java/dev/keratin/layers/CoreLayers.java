package dev.keratin.layers;

import dev.keratin.Configuration;
import dev.keratin.SymbolicTensor;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.config.Registry;
import java.util.function.UnaryOperator;

/** Factories of Dense, embedding, masking and other basic layers. */
abstract class CoreLayers {
    CoreLayers() {}

    static void registerCore(Registry<Layer> registry) {
        registry.register(InputLayer::from, "InputLayer");
        registry.register(Dense::from, "Dense");
        registry.register(Embedding::from, "Embedding");
        registry.register(ReversibleEmbedding::from, "ReversibleEmbedding");
        registry.register(EinsumDense::from, "EinsumDense");
        registry.register(Masking::from, "Masking");
        registry.register(Identity::from, "Identity");
        registry.register(Lambda::from, "Lambda");
    }

    /** A model's input of floatx, whatever layers compute in, without the batch axis: {@code input(28, 28, 1)}. */
    public static SymbolicTensor input(long... shape) {
        return input(Configuration.floatx(), shape);
    }

    /** A model's input of another element type, such as tokens: {@code input(DType.INT32, 80)}. */
    public static SymbolicTensor input(DType dtype, long... shape) {
        return batchInput(dtype, Shape.of(Shape.UNKNOWN).concat(Shape.of(shape)));
    }

    /** A model's input with a name. */
    public static SymbolicTensor input(String name, DType dtype, long... shape) {
        InputLayer layer = new InputLayer(new TensorType(dtype, Shape.of(Shape.UNKNOWN).concat(Shape.of(shape))));
        layer.setName(name);
        return layer.output();
    }

    /** A model's input with the batch axis first; lengths may be {@link Shape#UNKNOWN}. */
    public static SymbolicTensor batchInput(DType dtype, Shape shape) {
        return new InputLayer(new TensorType(dtype, shape)).output();
    }

    /** {@link Dense}. */
    public static Dense dense(int units) {
        return new Dense(units);
    }

    /** {@link Embedding}. */
    public static Embedding embedding(int inputDim, int outputDim) {
        return new Embedding(inputDim, outputDim);
    }

    /** {@link ReversibleEmbedding}. */
    public static ReversibleEmbedding reversibleEmbedding(int inputDim, int outputDim) {
        return new ReversibleEmbedding(inputDim, outputDim);
    }

    /** {@link EinsumDense}. */
    public static EinsumDense einsumDense(String equation, long... outputShape) {
        return new EinsumDense(equation, outputShape);
    }

    /** {@link Masking}. */
    public static Masking masking() {
        return new Masking();
    }

    /** {@link Masking}. */
    public static Masking masking(double maskValue) {
        return new Masking(maskValue);
    }

    /** {@link Identity}. */
    public static Identity identity() {
        return new Identity();
    }

    /** {@link Lambda}. */
    public static Lambda lambda(String function) {
        return new Lambda(function);
    }

    /** {@link Lambda}, the function registered under a name first. */
    public static Lambda lambda(String function, UnaryOperator<Tensor> body) {
        Lambda.register(function, body);
        return new Lambda(function);
    }
}
