package dev.keratin;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Bitcast;
import dev.keratin.backend.ir.Reshape;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** The less common functions of one or two tensors, element by element. */
abstract class ElementOps extends ControlOps {
    private static final double[] BESSEL_NEAR = {
        1, 3.5156229, 3.0899424, 1.2067492, 0.2659732, 0.0360768, 0.0045813};
    private static final double[] BESSEL_FAR = {
        0.39894228, 0.01328592, 0.00225319, -0.00157565, 0.00916281, -0.02057706, 0.02635537, -0.01647633, 0.00392377};
    private static final double BESSEL_SPLIT = 3.75;

    ElementOps() {}

    /** The real part: {@code x} itself. */
    public static Tensor real(Tensor x) {
        return x.isSymbolic() ? node("Real", x) : x;
    }

    /** The imaginary part: zeros. */
    public static Tensor imag(Tensor x) {
        return x.isSymbolic() ? node("Imag", x) : zerosLike(x);
    }

    /** The complex conjugate: {@code x} itself. */
    public static Tensor conj(Tensor x) {
        return x.isSymbolic() ? node("Conj", x) : x;
    }

    /** The same as {@link #conj}. */
    public static Tensor conjugate(Tensor x) {
        return x.isSymbolic() ? node("Conjugate", x) : conj(x);
    }

    /** Whether the imaginary part is 0: true. Result: bool. */
    public static Tensor isreal(Tensor x) {
        return x.isSymbolic() ? node("Isreal", x) : full(x.shape(), 1, DType.BOOL);
    }

    /** The angle in the complex plane: 0 where {@code x >= 0}, pi below, NaN for NaN. */
    public static Tensor angle(Tensor x) {
        if (x.isSymbolic()) {
            return node("Angle", x);
        }
        Tensor y = floating(x);
        return where(isnan(y), y, where(less(y, 0), fullLike(y, Math.PI), 0));
    }

    /** Degrees to radians. */
    public static Tensor deg2rad(Tensor x) {
        if (x.isSymbolic()) {
            return node("Deg2rad", x);
        }
        Tensor y = floating(x);
        return multiply(y, Math.PI / 180);
    }

    /** Radians to degrees. */
    public static Tensor rad2deg(Tensor x) {
        if (x.isSymbolic()) {
            return node("Rad2deg", x);
        }
        Tensor y = floating(x);
        return multiply(y, 180 / Math.PI);
    }

    /** {@code a / b}, and 0 where {@code b} is 0. */
    public static Tensor divideNoNan(Tensor a, Tensor b) {
        if (symbolic(a, b)) {
            return node("DivideNoNan", a, b);
        }
        return floats(a, b, (x, y) -> {
            Tensor zero = equal(y, 0);
            return where(zero, 0, divide(x, where(zero, 1, y)));
        });
    }

    /** The absolute value as a floating number. */
    public static Tensor fabs(Tensor x) {
        return x.isSymbolic() ? node("Fabs", x) : abs(floating(x));
    }

    /** The larger element; where one is NaN the other one. */
    public static Tensor fmax(Tensor a, Tensor b) {
        return symbolic(a, b) ? node("Fmax", a, b) : where(isnan(a), b, where(isnan(b), a, maximum(a, b)));
    }

    /** The smaller element; where one is NaN the other one. */
    public static Tensor fmin(Tensor a, Tensor b) {
        return symbolic(a, b) ? node("Fmin", a, b) : where(isnan(a), b, where(isnan(b), a, minimum(a, b)));
    }

    /** The greatest common divisor of integers. */
    public static Tensor gcd(Tensor a, Tensor b) {
        if (symbolic(a, b)) {
            return node("Gcd", a, b);
        }
        List<Tensor> same = sameType("gcd", List.of(number(a), number(b)));
        requireWhole("gcd", same.get(0));
        Shape shape = Shape.broadcast(a.shape(), b.shape());
        List<Tensor> pair = List.of(broadcastTo(abs(same.get(0)), shape), broadcastTo(abs(same.get(1)), shape));
        return whileLoop(state -> any(notEqual(state.get(1), 0)),
                state -> List.of(where(equal(state.get(1), 0), state.get(0), state.get(1)), mod(state.get(0), state.get(1))),
                pair).get(0);
    }

    private static void requireWhole(String who, Tensor x) {
        if (x.dtype().isFloating()) {
            throw new IllegalArgumentException(who + ": integers are required. Received: " + x.type() + ". Cast them to int32.");
        }
    }

    /** The least common multiple of integers; 0 where either is 0. */
    public static Tensor lcm(Tensor a, Tensor b) {
        if (symbolic(a, b)) {
            return node("Lcm", a, b);
        }
        Tensor x = number(a);
        Tensor y = number(b);
        return abs(multiply(floorDivide(x, gcd(x, y)), y));
    }

    /** 0 where {@code a < 0}, 1 where {@code a > 0}, {@code b} where it is 0. */
    public static Tensor heaviside(Tensor a, Tensor b) {
        if (symbolic(a, b)) {
            return node("Heaviside", a, b);
        }
        return floats(a, b, (x, y) -> where(isnan(x), x, where(less(x, 0), 0, where(greater(x, 0), 1, y))));
    }

    /** {@code sqrt(a^2 + b^2)} without overflow. */
    public static Tensor hypot(Tensor a, Tensor b) {
        if (symbolic(a, b)) {
            return node("Hypot", a, b);
        }
        return floats(a, b, (x, y) -> {
            Tensor most = maximum(abs(x), abs(y));
            return multiply(most, sqrt(add(square(divideNoNan(minimum(abs(x), abs(y)), most)), 1)));
        });
    }

    /** The modified Bessel function of the first kind and order 0, to 2e-7 of its value. */
    public static Tensor i0(Tensor x) {
        if (x.isSymbolic()) {
            return node("I0", x);
        }
        Tensor y = floating(x);
        // exp(x) leaves the range of 16-bit numbers before i0(x) does.
        Tensor size = abs(y.dtype().byteSize() == 2 ? cast(y, DType.FLOAT32) : y);
        Tensor near = polynomial(BESSEL_NEAR, square(divide(minimum(size, BESSEL_SPLIT), BESSEL_SPLIT)));
        Tensor beyond = maximum(size, BESSEL_SPLIT);
        Tensor far = multiply(multiply(exp(beyond), rsqrt(beyond)), polynomial(BESSEL_FAR, divide(BESSEL_SPLIT, beyond)));
        return cast(where(lessEqual(size, BESSEL_SPLIT), near, far), y.dtype());
    }

    /** Whether minus infinity. Result: bool. */
    public static Tensor isneginf(Tensor x) {
        if (x.isSymbolic()) {
            return node("Isneginf", x);
        }
        Tensor y = floating(x);
        return equal(y, Double.NEGATIVE_INFINITY);
    }

    /** Whether plus infinity. Result: bool. */
    public static Tensor isposinf(Tensor x) {
        if (x.isSymbolic()) {
            return node("Isposinf", x);
        }
        Tensor y = floating(x);
        return equal(y, Double.POSITIVE_INFINITY);
    }

    /** {@code a * 2^b}. */
    public static Tensor ldexp(Tensor a, Tensor b) {
        return symbolic(a, b) ? node("Ldexp", a, b) : multiply(floating(a), exp2(cast(b, floating(a).dtype())));
    }

    /** {@code log(e^a + e^b)} without overflow. */
    public static Tensor logaddexp(Tensor a, Tensor b) {
        if (symbolic(a, b)) {
            return node("Logaddexp", a, b);
        }
        return floats(a, b, (x, y) -> logOfSum(x, y, distance -> log1p(exp(distance))));
    }

    /** {@code log2(2^a + 2^b)} without overflow. */
    public static Tensor logaddexp2(Tensor a, Tensor b) {
        return symbolic(a, b) ? node("Logaddexp2", a, b) : floats(a, b,
                (x, y) -> logOfSum(x, y, distance -> divide(log1p(exp2(distance)), Math.log(2))));
    }

    /** The greater number, and the rest as a function of minus the distance. */
    private static Tensor logOfSum(Tensor x, Tensor y, UnaryOperator<Tensor> rest) {
        Tensor distance = subtract(x, y);
        return where(isnan(distance), add(x, y), add(maximum(x, y), rest.apply(negative(abs(distance)))));
    }

    /** NaN replaced by a number, infinities by others. */
    public static Tensor nanToNum(Tensor x, double nan, double posinf, double neginf) {
        if (x.isSymbolic()) {
            return node("NanToNum", x, nan, posinf, neginf);
        }
        return !x.dtype().isFloating() ? x
                : where(isposinf(x), posinf, where(isneginf(x), neginf, where(isnan(x), nan, x)));
    }

    /** NaN replaced by 0, infinities by the largest and least number of the type. */
    public static Tensor nanToNum(Tensor x) {
        if (x.isSymbolic()) {
            return node("NanToNum", x);
        }
        double most = greatest(x.dtype());
        return nanToNum(x, 0, most, -most);
    }

    /** Whether the sign bit is set: below 0 or -0.0. Result: bool. */
    public static Tensor signbit(Tensor x) {
        if (x.isSymbolic()) {
            return node("Signbit", x);
        }
        return !x.dtype().isFloating() ? less(number(x), 0)
                : less(apply(new Bitcast(DType.INT32), cast(x, DType.FLOAT32)), 0);
    }

    /** {@code sin(pi x) / (pi x)}, 1 at 0. */
    public static Tensor sinc(Tensor x) {
        if (x.isSymbolic()) {
            return node("Sinc", x);
        }
        Tensor y = floating(x);
        Tensor zero = equal(y, 0);
        Tensor angle = multiply(where(zero, 1, y), Math.PI);
        return where(zero, 1, divide(sin(angle), angle));
    }

    /** Whether all elements are close as in {@link #isclose(Tensor, Tensor)}. Result: bool scalar. */
    public static Tensor allclose(Tensor a, Tensor b) {
        return symbolic(a, b) ? node("AllClose", a, b) : all(isclose(a, b));
    }

    /** {@link #cast(Tensor, DType)}, but numbers beyond the type's range become its nearest number; bool is from 0 to 1. */
    public static Tensor saturateCast(Tensor x, DType dtype) {
        if (x.isSymbolic()) {
            return node("SaturateCast", x, dtype);
        }
        if (x.dtype() == dtype || x.dtype() == DType.BOOL) {
            return cast(x, dtype);
        } else if (dtype == DType.BOOL) {
            return cast(clip(x, 0, 1), dtype);
        } else if (dtype.isFloating()) {
            boolean fits = (x.dtype().isFloating() ? greatest(x.dtype()) : most(x.dtype())) <= greatest(dtype);
            // The greatest float16 is no bfloat16.
            Tensor y = x.dtype() == DType.BFLOAT16 ? cast(x, DType.FLOAT32) : x;
            return cast(fits ? y : clip(y, -greatest(dtype), greatest(dtype)), dtype);
        }
        boolean wide = x.dtype().isFloating() || x.dtype().byteSize() > dtype.byteSize();
        if (wide) {
            return cast(clip(x, least(dtype), most(dtype)), dtype);
        }
        return x.dtype() == DType.INT8 && dtype == DType.UINT8 ? cast(maximum(x, 0), dtype)
                : x.dtype() == DType.UINT8 && dtype == DType.INT8 ? cast(minimum(x, 127), dtype) : cast(x, dtype);
    }

    /** The same bits read as another element type; the last axis becomes longer or shorter as the types differ in size. */
    public static Tensor view(Tensor x, DType dtype) {
        if (x.isSymbolic()) {
            return node("View", x, dtype);
        }
        if (x.dtype().byteSize() == dtype.byteSize()) {
            return apply(new Bitcast(dtype), x);
        }
        Tensor concrete = x.isConcrete() ? x : null;
        long bytes = x.rank() == 0 ? 0 : x.shape().dim(-1) * x.dtype().byteSize();
        if (concrete == null || x.rank() == 0 || bytes % dtype.byteSize() != 0) {
            throw new IllegalArgumentException("view: a concrete tensor whose last axis has a multiple of " + dtype.byteSize()
                    + " bytes is required. Received: " + x + " for " + dtype + ". Types of equal size work everywhere.");
        }
        return Tensor.ofBytes(new TensorType(dtype, x.shape().with(-1, bytes / dtype.byteSize())), concrete.toBytes());
    }

    /** A copy, which is freed on its own. */
    public static Tensor copy(Tensor x) {
        return x.isSymbolic() ? node("Copy", x) : x.isConcrete() && !Trace.isActive() ? apply(new Reshape(x.shape()), x) : x;
    }

    /** A concrete tensor with the elements of a Java array: {@link Tensor#of(Object)}. */
    public static Tensor array(Object elements) {
        return Tensor.of(elements);
    }

    /** The same as {@link #array}; a tensor is returned as it is. */
    public static Tensor convertToTensor(Object elements) {
        return elements instanceof Tensor ? (Tensor) elements : Tensor.of(elements);
    }

    /** Whether an object is a tensor. */
    public static boolean isTensor(Object x) {
        return x instanceof Tensor;
    }

    /** The element type: {@code x.dtype()}. */
    public static DType dtype(Tensor x) {
        return x.dtype();
    }

    /** The number of axes: {@code x.rank()}. */
    public static int ndim(Tensor x) {
        return x.rank();
    }

    /** The number of elements: {@code x.size()}. */
    public static long size(Tensor x) {
        return x.size();
    }

    /** A function of two tensors brought to a common floating type. */
    private static Tensor floats(Tensor a, Tensor b, BinaryOperator<Tensor> body) {
        DType common = DTypes.resultType(a.dtype(), b.dtype());
        DType computed = common.isFloating() ? common : Configuration.floatx();
        return body.apply(cast(a, computed), cast(b, computed));
    }

    /** The largest finite number of a floating type. */
    static double greatest(DType dtype) {
        return switch (dtype) {
            case FLOAT16 -> 65504;
            case BFLOAT16 -> 0x1.fep127;
            case FLOAT64 -> Double.MAX_VALUE;
            default -> Float.MAX_VALUE;
        };
    }

    /** A polynomial with the coefficient of the lowest power first. */
    private static Tensor polynomial(double[] coefficients, Tensor x) {
        Tensor result = fullLike(x, coefficients[coefficients.length - 1]);
        for (int i = coefficients.length - 2; i >= 0; i--) {
            result = add(multiply(result, x), coefficients[i]);
        }
        return result;
    }
}
