package dev.keratin.ops;

import dev.keratin.Tensor;
import dev.keratin.autodiff.Jvp;
import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** Functions of functions of tensors. */
public final class Functions {
    private Functions() {}

    /**
     * The Jacobian-vector product: what a function gives, and how that changes when its inputs move in a direction. Computed by
     * differentiating the vector-Jacobian product, which is linear, so functions need no rules of their own for it.
     *
     * @param primals where
     * @param tangents the direction, of the types of the primals
     */
    public static Jvp jvp(UnaryOperator<List<Tensor>> function, List<Tensor> primals, List<Tensor> tangents) {
        return Jvp.of(function, primals, tangents);
    }

    /** A function of scalars as one of tensors, element by element. */
    public static UnaryOperator<Tensor> vectorize(UnaryOperator<Tensor> function) {
        UnaryOperator<List<Tensor>> all = vectorize(in -> List.of(function.apply(in.get(0))), "()->()");
        return x -> all.apply(List.of(x)).get(0);
    }

    /** A function of two scalars as one of two tensors, of which each stretches to the other's shape. */
    public static BinaryOperator<Tensor> vectorize(BinaryOperator<Tensor> function) {
        UnaryOperator<List<Tensor>> all = vectorize(in -> List.of(function.apply(in.get(0), in.get(1))), "(),()->()");
        return (a, b) -> all.apply(List.of(a, b)).get(0);
    }

    /**
     * A function of tensors of few axes as one of tensors with more axes before them, which stretch to a common shape. The
     * function is traced once and run in a loop over all elements of that shape. Differentiable.
     *
     * @param signature NumPy's: the names of the axes that the function takes and gives, as in {@code "(m,n),(n)->(m)"}; equal
     *     names have equal lengths
     * @param excluded positions of inputs that are handed on as they are; the signature does not tell of them
     */
    public static UnaryOperator<List<Tensor>> vectorize(UnaryOperator<List<Tensor>> function, String signature, Integer... excluded) {
        Vectorized vectorized = new Vectorized(function, signature, Set.of(excluded));
        return inputs -> Composite.all("vectorize", inputs, vectorized::call);
    }
}
