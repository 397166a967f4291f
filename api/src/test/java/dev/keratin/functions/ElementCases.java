package dev.keratin.functions;

import static dev.keratin.autodiff.FiniteDifferences.uniform;
import static dev.keratin.functions.FunctionCase.STEPS;
import static dev.keratin.functions.FunctionCase.TRUTH;
import static dev.keratin.functions.FunctionCase.WHOLE;
import static dev.keratin.functions.FunctionCase.flat;
import static dev.keratin.functions.FunctionCase.of;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import java.util.stream.Stream;

/** Functions of elements. */
final class ElementCases {
    private static final Tensor SMALL = uniform(-0.9, 0.8, 2, 3);
    private static final Tensor LARGE = uniform(1.2, 2.9, 2, 3);
    private static final Tensor ROW = uniform(0.3, 0.9, 3);

    private ElementCases() {}

    static Stream<FunctionCase> all() {
        return Stream.of(unary(), positive(), unaryFlat(), binary(), comparisons(), bits()).flatMap(each -> each);
    }

    private static Stream<FunctionCase> unary() {
        return Stream.of(of("abs", Ops::abs, SMALL), of("absolute", Ops::absolute, SMALL), of("fabs", Ops::fabs, SMALL),
                of("arccos", Ops::arccos, SMALL), of("arcsin", Ops::arcsin, SMALL), of("arctan", Ops::arctan, SMALL),
                of("arcsinh", Ops::arcsinh, SMALL), of("arctanh", Ops::arctanh, SMALL), of("cbrt", Ops::cbrt, SMALL),
                of("conj", Ops::conj, SMALL), of("conjugate", Ops::conjugate, SMALL), of("copy", Ops::copy, SMALL),
                of("cos", Ops::cos, SMALL), of("cosh", Ops::cosh, SMALL), of("deg2rad", Ops::deg2rad, SMALL),
                of("erf", Ops::erf, SMALL), of("erfc", Ops::erfc, SMALL), of("erfinv", Ops::erfinv, SMALL),
                of("exp", Ops::exp, SMALL), of("exp2", Ops::exp2, SMALL), of("expm1", Ops::expm1, SMALL), of("i0", Ops::i0, SMALL),
                of("i0 of large", Ops::i0, Ops.multiply(LARGE, 4)), of("nanToNum", Ops::nanToNum, SMALL),
                of("negative", Ops::negative, SMALL), of("rad2deg", Ops::rad2deg, SMALL), of("real", Ops::real, SMALL),
                of("reciprocal", Ops::reciprocal, SMALL), of("sin", Ops::sin, SMALL), of("sinc", Ops::sinc, SMALL),
                of("sinh", Ops::sinh, SMALL), of("square", Ops::square, SMALL), of("tan", Ops::tan, SMALL),
                of("tanh", Ops::tanh, SMALL), of("clip", x -> Ops.clip(x, -0.4, 0.5), SMALL),
                of("threshold", x -> Ops.threshold(x, 0.1, 7), SMALL));
    }

    private static Stream<FunctionCase> positive() {
        return Stream.of(of("arccosh", Ops::arccosh, LARGE), of("log", Ops::log, LARGE), of("log10", Ops::log10, LARGE),
                of("log1p", Ops::log1p, LARGE), of("log2", Ops::log2, LARGE), of("rsqrt", Ops::rsqrt, LARGE), of("sqrt", Ops::sqrt, LARGE));
    }

    private static Stream<FunctionCase> unaryFlat() {
        return Stream.of(flat("ceil", STEPS, Ops::ceil, SMALL), flat("floor", STEPS, Ops::floor, SMALL),
                flat("round", STEPS, x -> Ops.round(x), SMALL), flat("trunc", STEPS, Ops::trunc, SMALL),
                flat("sign", STEPS, Ops::sign, SMALL), flat("angle", STEPS, Ops::angle, SMALL), flat("imag", STEPS, Ops::imag, SMALL),
                flat("signbit", TRUTH, Ops::signbit, SMALL), flat("isfinite", TRUTH, Ops::isfinite, SMALL),
                flat("isinf", TRUTH, Ops::isinf, SMALL), flat("isnan", TRUTH, Ops::isnan, SMALL),
                flat("isneginf", TRUTH, Ops::isneginf, SMALL), flat("isposinf", TRUTH, Ops::isposinf, SMALL),
                flat("isreal", TRUTH, Ops::isreal, SMALL), flat("logicalNot", TRUTH, Ops::logicalNot, SMALL),
                flat("stopGradient", "stops it", Ops::stopGradient, SMALL),
                flat("view", "reads bits as another type", x -> Ops.view(x, x.dtype().isFloating()
                        ? x.dtype().byteSize() == 8 ? DType.INT64 : x.dtype().byteSize() == 4 ? DType.INT32 : DType.UINT8
                        : x.dtype()), SMALL));
    }

    private static Stream<FunctionCase> binary() {
        return Stream.of(of("add", Ops::add, LARGE, ROW), of("subtract", Ops::subtract, LARGE, ROW),
                of("multiply", Ops::multiply, LARGE, ROW), of("divide", Ops::divide, LARGE, ROW),
                of("trueDivide", Ops::trueDivide, LARGE, ROW), of("divideNoNan", Ops::divideNoNan, LARGE, ROW),
                of("power", Ops::power, LARGE, ROW), of("maximum", Ops::maximum, SMALL, ROW), of("minimum", Ops::minimum, SMALL, ROW),
                of("fmax", Ops::fmax, SMALL, ROW), of("fmin", Ops::fmin, SMALL, ROW), of("fmod", Ops::fmod, LARGE, ROW),
                of("mod", Ops::mod, LARGE, ROW), of("arctan2", Ops::arctan2, SMALL, ROW), of("hypot", Ops::hypot, SMALL, ROW),
                of("logaddexp", Ops::logaddexp, SMALL, ROW), of("logaddexp2", Ops::logaddexp2, SMALL, ROW),
                of("ldexp", x -> Ops.ldexp(x, Tensor.of(new int[] {1, -2, 3})), SMALL),
                of("nextafter", x -> Ops.nextafter(x, Ops.zerosLike(x)), SMALL),
                of("where", (a, b) -> Ops.where(Ops.greater(a, 0), a, b), SMALL, ROW),
                of("select", (a, b) -> Ops.select(java.util.List.of(Ops.greater(a, 0.3), Ops.less(a, 0)), java.util.List.of(a, b), 2),
                        SMALL, uniform(0, 1, 2, 3)),
                flat("floorDivide", STEPS, Ops::floorDivide, LARGE, ROW), flat("heaviside", STEPS,
                        x -> Ops.heaviside(x, Ops.onesLike(x)), SMALL),
                flat("gcd", WHOLE, Ops::gcd, LARGE, ROW), flat("lcm", WHOLE, Ops::lcm, LARGE, ROW));
    }

    private static Stream<FunctionCase> comparisons() {
        return Stream.of(flat("equal", TRUTH, Ops::equal, SMALL, ROW), flat("notEqual", TRUTH, Ops::notEqual, SMALL, ROW),
                flat("greater", TRUTH, Ops::greater, SMALL, ROW), flat("greaterEqual", TRUTH, Ops::greaterEqual, SMALL, ROW),
                flat("less", TRUTH, Ops::less, SMALL, ROW), flat("lessEqual", TRUTH, Ops::lessEqual, SMALL, ROW),
                flat("logicalAnd", TRUTH, Ops::logicalAnd, SMALL, ROW), flat("logicalOr", TRUTH, Ops::logicalOr, SMALL, ROW),
                flat("logicalXor", TRUTH, Ops::logicalXor, SMALL, ROW), flat("isclose", TRUTH, Ops::isclose, SMALL, ROW),
                flat("allclose", TRUTH, Ops::allclose, SMALL, ROW), flat("isin", TRUTH, Ops::isin, SMALL, ROW));
    }

    private static Stream<FunctionCase> bits() {
        return Stream.of(flat("bitwiseAnd", WHOLE, Ops::bitwiseAnd, LARGE, ROW), flat("bitwiseOr", WHOLE, Ops::bitwiseOr, LARGE, ROW),
                flat("bitwiseXor", WHOLE, Ops::bitwiseXor, LARGE, ROW), flat("bitwiseInvert", WHOLE, Ops::bitwiseInvert, LARGE),
                flat("bitwiseNot", WHOLE, Ops::bitwiseNot, LARGE), flat("bitwiseLeftShift", WHOLE, Ops::bitwiseLeftShift, LARGE, ROW),
                flat("bitwiseRightShift", WHOLE, Ops::bitwiseRightShift, LARGE, ROW),
                flat("leftShift", WHOLE, Ops::leftShift, LARGE, ROW), flat("rightShift", WHOLE, Ops::rightShift, LARGE, ROW));
    }
}
