package dev.keratin;

import java.util.List;

/** Complex numbers, which are pairs of real tensors: {@link Complex}. */
abstract class ComplexOps extends SequenceOps {
    ComplexOps() {}

    /** Complex numbers of a size and an angle: {@code size * (cos(angle) + i sin(angle))}. */
    public static Complex polar(Tensor size, Tensor angle) {
        List<Tensor> parts = define("polar", List.of(size, angle), in ->
                List.of(multiply(in.get(0), cos(in.get(1))), multiply(in.get(0), sin(in.get(1)))));
        return new Complex(parts.get(0), parts.get(1));
    }

    /**
     * The complex numbers whose real and imaginary parts are the two elements of the last axis.
     *
     * @param x [..., 2]
     */
    public static Complex viewAsComplex(Tensor x) {
        List<Tensor> parts = define("viewAsComplex", List.of(x), in -> {
            Tensor pairs = in.get(0);
            if (pairs.rank() == 0 || pairs.shape().dim(-1) != 2) {
                throw new IllegalArgumentException("viewAsComplex: a last axis of length 2 is required. Received: " + pairs.type()
                        + ". Stack real and imaginary parts along a last axis.");
            }
            Tensor real = floating(pairs);
            return List.of(getItem(real, "..., 0"), getItem(real, "..., 1"));
        });
        return new Complex(parts.get(0), parts.get(1));
    }

    /** Real and imaginary parts as the two elements of a new last axis: [..., 2]. */
    public static Tensor viewAsReal(Complex x) {
        return stack(List.of(x.real(), x.imag()), -1);
    }
}
