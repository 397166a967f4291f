package dev.keratin.functions;

import static dev.keratin.autodiff.FiniteDifferences.uniform;
import static dev.keratin.functions.FunctionCase.NEW;
import static dev.keratin.functions.FunctionCase.flat;
import static dev.keratin.functions.FunctionCase.made;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Literal;
import java.util.stream.Stream;

/** Functions that make elements, and what is asked of a tensor. */
final class CreationCases {
    private static final String NO_TENSOR = "gives no tensor";
    private static final Shape SHAPE = Shape.of(2, 3);
    private static final Tensor X = uniform(-1, 1, 2, 3);

    private CreationCases() {}

    static Stream<FunctionCase> all() {
        return Stream.of(typed(), windows(), likes(), questions()).flatMap(each -> each);
    }

    private static Stream<FunctionCase> typed() {
        return Stream.of(made("arange", t -> Ops.arange(0, 3, 1, t)), made("linspace", t -> Ops.linspace(0, 1, 4, true, t)),
                made("eye", t -> Ops.eye(3, 2, 0, t)), made("tri", t -> Ops.tri(3, 2, 0, t)), made("full", t -> Ops.full(SHAPE, 1, t)),
                made("ones", t -> Ops.ones(SHAPE, t)), made("zeros", t -> Ops.zeros(SHAPE, t)), made("scalar", t -> Ops.scalar(t, 1)),
                made("constant", t -> Ops.constant(Literal.scalar(t, 1))), made("empty", t -> Ops.empty(2, 3)),
                made("identity", t -> Ops.identity(3)), made("geomspace", t -> Ops.geomspace(1, 8, 4)),
                made("logspace", t -> Ops.logspace(0, 2, 3)), made("array", t -> Ops.array(array(t))),
                made("convertToTensor", t -> Ops.convertToTensor(array(t))));
    }

    /** A Java array for elements of a type, of float where there is none. */
    private static Object array(DType dtype) {
        return switch (dtype) {
            case INT32 -> new int[] {1};
            case INT64 -> new long[] {1};
            case INT8 -> new byte[] {1};
            case BOOL -> new boolean[] {true};
            case FLOAT16, BFLOAT16, FLOAT32, FLOAT64, UINT8 -> new float[] {1};
        };
    }

    private static Stream<FunctionCase> windows() {
        return Stream.of(made("bartlett", t -> Ops.bartlett(4)), made("blackman", t -> Ops.blackman(4)),
                made("hamming", t -> Ops.hamming(4)), made("hanning", t -> Ops.hanning(4)), made("kaiser", t -> Ops.kaiser(4, 5)));
    }

    private static Stream<FunctionCase> likes() {
        return Stream.of(flat("emptyLike", NEW, Ops::emptyLike, X), flat("fullLike", NEW, x -> Ops.fullLike(x, 1), X),
                flat("onesLike", NEW, Ops::onesLike, X), flat("zerosLike", NEW, Ops::zerosLike, X));
    }

    private static Stream<FunctionCase> questions() {
        return Stream.of(flat("isTensor", NO_TENSOR, x -> Ops.scalar(DType.BOOL, Ops.isTensor(x) ? 1 : 0), X),
                flat("ndim", NO_TENSOR, x -> Ops.scalar(DType.INT32, Ops.ndim(x)), X),
                flat("size", NO_TENSOR, x -> Ops.scalar(DType.INT64, Ops.size(x)), X),
                flat("shape", NO_TENSOR, x -> Ops.zeros(Ops.shape(x)), X),
                flat("dtype", NO_TENSOR, x -> Ops.ones(SHAPE, Ops.dtype(x)), X));
    }
}
