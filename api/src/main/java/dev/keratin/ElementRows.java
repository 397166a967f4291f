package dev.keratin;

import dev.keratin.backend.DType;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** The functions of {@link OpTable} that work element by element, and reductions. */
final class ElementRows {
    /** A function that reduces axes. */
    interface Reduction {
        Tensor apply(Tensor x, int[] axes, boolean keepdims);
    }

    private final OpTable table;

    private ElementRows(OpTable table) {
        this.table = table;
    }

    static void addTo(OpTable table) {
        ElementRows rows = new ElementRows(table);
        rows.signs();
        rows.roots();
        rows.angles();
        rows.predicates();
        rows.activations();
        rows.arithmetic();
        rows.comparisons();
        rows.bits();
        rows.reductions();
        rows.nanReductions();
        rows.options();
    }

    private void signs() {
        unary("Absolute", Ops::absolute);
        unary("Abs", Ops::abs);
        unary("Fabs", Ops::fabs);
        unary("Negative", Ops::negative);
        unary("Sign", Ops::sign);
        unary("Ceil", Ops::ceil);
        unary("Floor", Ops::floor);
        unary("Trunc", Ops::trunc);
        unary("Reciprocal", Ops::reciprocal);
        unary("Real", Ops::real);
        unary("Imag", Ops::imag);
        unary("Conj", Ops::conj);
        unary("Conjugate", Ops::conjugate);
        unary("Angle", Ops::angle);
        unary("Copy", Ops::copy);
        unary("StopGradient", Ops::stopGradient);
    }

    private void roots() {
        unary("Square", Ops::square);
        unary("Sqrt", Ops::sqrt);
        unary("Rsqrt", Ops::rsqrt);
        unary("Cbrt", Ops::cbrt);
        unary("Exp", Ops::exp);
        unary("Exp2", Ops::exp2);
        unary("Expm1", Ops::expm1);
        unary("Log", Ops::log);
        unary("Log2", Ops::log2);
        unary("Log10", Ops::log10);
        unary("Log1p", Ops::log1p);
        unary("Erf", Ops::erf);
        unary("Erfc", Ops::erfc);
        unary("Erfinv", Ops::erfinv);
        unary("I0", Ops::i0);
    }

    private void angles() {
        unary("Sin", Ops::sin);
        unary("Cos", Ops::cos);
        unary("Tan", Ops::tan);
        unary("Arcsin", Ops::arcsin);
        unary("Arccos", Ops::arccos);
        unary("Arctan", Ops::arctan);
        unary("Sinh", Ops::sinh);
        unary("Cosh", Ops::cosh);
        unary("Tanh", Ops::tanh);
        unary("Arcsinh", Ops::arcsinh);
        unary("Arccosh", Ops::arccosh);
        unary("Arctanh", Ops::arctanh);
        unary("Sinc", Ops::sinc);
        unary("Deg2rad", Ops::deg2rad);
        unary("Rad2deg", Ops::rad2deg);
    }

    private void predicates() {
        unary("Isnan", Ops::isnan);
        unary("Isinf", Ops::isinf);
        unary("Isfinite", Ops::isfinite);
        unary("Isneginf", Ops::isneginf);
        unary("Isposinf", Ops::isposinf);
        unary("Isreal", Ops::isreal);
        unary("Signbit", Ops::signbit);
        unary("LogicalNot", Ops::logicalNot);
        unary("BitwiseNot", Ops::bitwiseNot);
        unary("BitwiseInvert", Ops::bitwiseInvert);
    }

    private void activations() {
        unary("Relu", Ops::relu);
        unary("Relu6", Ops::relu6);
        unary("Selu", Ops::selu);
        unary("Sigmoid", Ops::sigmoid);
        unary("SparseSigmoid", Ops::sparseSigmoid);
        unary("LogSigmoid", Ops::logSigmoid);
        unary("HardSigmoid", Ops::hardSigmoid);
        unary("Silu", Ops::silu);
        unary("HardSilu", Ops::hardSilu);
        unary("HardTanh", Ops::hardTanh);
        unary("TanhShrink", Ops::tanhShrink);
        unary("Softplus", Ops::softplus);
        unary("SparsePlus", Ops::sparsePlus);
        unary("Softsign", Ops::softsign);
        unary("Mish", Ops::mish);
    }

    private void arithmetic() {
        binary("Add", Ops::add);
        binary("Subtract", Ops::subtract);
        binary("Multiply", Ops::multiply);
        binary("Divide", Ops::divide);
        binary("TrueDivide", Ops::trueDivide);
        binary("DivideNoNan", Ops::divideNoNan);
        binary("FloorDivide", Ops::floorDivide);
        binary("Mod", Ops::mod);
        binary("Fmod", Ops::fmod);
        binary("Power", Ops::power);
        binary("Maximum", Ops::maximum);
        binary("Minimum", Ops::minimum);
        binary("Fmax", Ops::fmax);
        binary("Fmin", Ops::fmin);
        binary("Arctan2", Ops::arctan2);
        binary("Nextafter", Ops::nextafter);
        binary("Gcd", Ops::gcd);
        binary("Lcm", Ops::lcm);
        binary("Heaviside", Ops::heaviside);
        binary("Hypot", Ops::hypot);
        binary("Ldexp", Ops::ldexp);
        binary("Logaddexp", Ops::logaddexp);
        binary("Logaddexp2", Ops::logaddexp2);
    }

    private void comparisons() {
        binary("Equal", Ops::equal);
        binary("NotEqual", Ops::notEqual);
        binary("Less", Ops::less);
        binary("LessEqual", Ops::lessEqual);
        binary("Greater", Ops::greater);
        binary("GreaterEqual", Ops::greaterEqual);
        binary("LogicalAnd", Ops::logicalAnd);
        binary("LogicalOr", Ops::logicalOr);
        binary("LogicalXor", Ops::logicalXor);
    }

    private void bits() {
        binary("BitwiseAnd", Ops::bitwiseAnd);
        binary("BitwiseOr", Ops::bitwiseOr);
        binary("BitwiseXor", Ops::bitwiseXor);
        binary("BitwiseLeftShift", Ops::bitwiseLeftShift);
        binary("LeftShift", Ops::leftShift);
        binary("BitwiseRightShift", Ops::bitwiseRightShift);
        binary("RightShift", Ops::rightShift);
    }

    private void reductions() {
        reduction("Sum", Ops::sum);
        reduction("Prod", Ops::prod, "dtype");
        table.add("Max", a -> from(a, Ops.max(a.first(), a.axes("axis", a.first()), a.bool("keepdims")), Ops::maximum));
        table.add("Min", a -> from(a, Ops.min(a.first(), a.axes("axis", a.first()), a.bool("keepdims")), Ops::minimum));
        reduction("Amax", Ops::max);
        reduction("Amin", Ops::min);
        reduction("All", Ops::all);
        reduction("Any", Ops::any);
        reduction("Mean", Ops::mean);
        reduction("Var", Ops::var);
        reduction("Std", Ops::std);
        reduction("Logsumexp", Ops::logsumexp);
        reduction("Median", Ops::median);
        reduction("Ptp", (x, axes, keepdims) -> Ops.subtract(Ops.max(x, axes, keepdims), Ops.min(x, axes, keepdims)));
        table.add("CountNonzero", a -> Ops.countNonzero(a.first(), a.axes("axis", a.first()), false));
        table.add("Argmax", a -> index(a, Ops::argmax));
        table.add("Argmin", a -> index(a, Ops::argmin));
    }

    private void nanReductions() {
        reduction("Nansum", Ops::nansum);
        reduction("Nanprod", Ops::nanprod);
        reduction("Nanmean", Ops::nanmean);
        reduction("Nanvar", Ops::nanvar);
        reduction("Nanstd", Ops::nanstd);
        reduction("Nanmax", Ops::nanmax);
        reduction("Nanmin", Ops::nanmin);
        reduction("Nanmedian", (x, axes, keepdims) ->
                Ops.nanquantile(x, OpsBase.scalar(DType.FLOAT64, 0.5), axes, "linear", keepdims));
        table.add("Nanargmax", a -> index(a, (x, axis, keepdims) -> kept(Ops.nanargmax(x, axis), axis, keepdims)));
        table.add("Nanargmin", a -> index(a, (x, axis, keepdims) -> kept(Ops.nanargmin(x, axis), axis, keepdims)));
    }

    /** Functions with numbers besides their tensors. */
    private void options() {
        table.add("Round", a -> Ops.round(a.first(), a.integer("decimals")))
                .add("Clip", a -> Ops.clip(a.first(), a.tensor("x_min", "x"), a.tensor("x_max", "x")))
                .add("NanToNum", a -> {
                    double most = Ops.greatest(a.first().dtype());
                    return Ops.nanToNum(a.first(), a.number("nan"), a.isNull("posinf") ? most : a.number("posinf"),
                            a.isNull("neginf") ? -most : a.number("neginf"));
                })
                .add("Where", a -> Ops.where(a.first(), a.tensor("x1", "x2"), a.tensor("x2", "x1")))
                .add("Isclose", ElementRows::close)
                .add("AllClose", a -> Ops.all(close(a)))
                .add("LeakyRelu", a -> Ops.leakyRelu(a.first(), a.number("negative_slope")))
                .add("Elu", a -> Ops.elu(a.first(), a.number("alpha")))
                .add("Celu", a -> Ops.celu(a.first(), a.number("alpha")))
                .add("Gelu", a -> Ops.gelu(a.first(), a.bool("approximate")))
                .add("SoftShrink", a -> Ops.softShrink(a.first(), a.number("threshold")))
                .add("HardShrink", a -> Ops.hardShrink(a.first(), a.number("threshold")))
                .add("Squareplus", a -> Ops.squareplus(a.first(), a.number("b")))
                .add("Threshold", a -> Ops.threshold(a.first(), a.number("threshold"), a.number("default_value")))
                .add("Cast", a -> Ops.cast(a.first(), a.dtype("dtype")))
                .add("SaturateCast", a -> Ops.saturateCast(a.first(), a.dtype("dtype")))
                .add("View", a -> Ops.view(a.first(), a.dtype("dtype", a.first().dtype())))
                .add("Array", a -> Ops.cast(a.first(), a.dtype("dtype", a.first().dtype())))
                .add("ConvertToTensor", a -> Ops.cast(a.only("sparse", "ragged").first(), a.dtype("dtype", a.first().dtype())));
    }

    private static Tensor close(OpArguments a) {
        Tensor near = Ops.isclose(a.left(), a.right(), a.number("rtol"), a.number("atol"));
        return a.bool("equal_nan") ? Ops.logicalOr(near, Ops.logicalAnd(Ops.isnan(a.left()), Ops.isnan(a.right()))) : near;
    }

    /** A reduction that begins with a number. */
    private static Tensor from(OpArguments a, Tensor reduced, BinaryOperator<Tensor> function) {
        return a.isNull("initial") ? reduced : function.apply(reduced, OpsBase.beside(reduced, a.number("initial")));
    }

    private static Tensor kept(Tensor index, int axis, boolean keepdims) {
        return keepdims ? Ops.expandDims(index, axis) : index;
    }

    /** A function that gives indices along one axis. */
    private interface Search {
        Tensor apply(Tensor x, int axis, boolean keepdims);
    }

    private static Tensor index(OpArguments a, Search function) {
        Tensor x = a.first();
        if (!a.isNull("axis")) {
            return function.apply(x, a.integer("axis"), a.bool("keepdims"));
        }
        Tensor index = function.apply(Ops.ravel(x), 0, false);
        return a.bool("keepdims") ? Ops.expandDims(index, IntStream.range(0, x.rank()).toArray()) : index;
    }

    private void unary(String name, UnaryOperator<Tensor> function) {
        table.add(name, a -> function.apply(a.first()));
    }

    private void binary(String name, BinaryOperator<Tensor> function) {
        table.add(name, a -> function.apply(a.left(), a.right()));
    }

    private void reduction(String name, Reduction function, String... defaults) {
        table.add(name, a -> function.apply(a.only(defaults).first(), a.axes("axis", a.first()), a.bool("keepdims")));
    }}
