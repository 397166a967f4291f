package dev.keratin.ops;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import java.util.List;

/**
 * Jacobi's rotations in the order of a round-robin tournament (Brent and Luk, 1985): in each round every index meets one
 * other, all pairs are rotated at once, and after n - 1 rounds, a sweep, each has met each. Convergence is quadratic; the
 * number of sweeps is fixed.
 */
final class Jacobi {
    private static final int SWEEPS = 12;

    private Jacobi() {}

    static List<Tensor> symmetric(Tensor a) {
        Tensor full = Ops.add(Ops.tril(a), Ops.swapaxes(Ops.tril(a, -1), -1, -2));
        List<Tensor> end = sweeps(List.of(full, unit(a)), a.shape().dim(-1), (state, partner) -> {
            Tensor diagonal = Ops.diagonal(state.get(0), 0, -2, -1);
            Tensor meeting = Ops.diagonal(Ops.take(state.get(0), partner, -1), 0, -2, -1);
            Rotation rotation = Rotation.of(diagonal, meeting, partner);
            return List.of(rotation.rows(rotation.columns(state.get(0))), rotation.columns(state.get(1)));
        });
        Tensor values = Ops.diagonal(end.get(0), 0, -2, -1);
        Tensor order = Ops.argsort(values);
        return List.of(Ops.takeAlongAxis(values, order, -1), Ops.takeAlongAxis(end.get(1), Ops.expandDims(order, -2), -1));
    }

    static List<Tensor> singular(Tensor a, boolean full) {
        if (a.shape().dim(-2) < a.shape().dim(-1)) {
            List<Tensor> turned = singular(Ops.swapaxes(a, -1, -2), full);
            return List.of(Ops.swapaxes(turned.get(2), -1, -2), turned.get(1), Ops.swapaxes(turned.get(0), -1, -2));
        }
        List<Tensor> end = sweeps(List.of(a, unit(a)), a.shape().dim(-1), (state, partner) -> {
            Tensor squares = Ops.sum(Ops.square(state.get(0)), -2);
            Tensor products = Ops.sum(Ops.multiply(state.get(0), Ops.take(state.get(0), partner, -1)), -2);
            Rotation rotation = Rotation.of(squares, products, partner);
            return List.of(rotation.columns(state.get(0)), rotation.columns(state.get(1)));
        });
        Tensor sizes = Ops.sqrt(Ops.sum(Ops.square(end.get(0)), -2));
        Tensor order = Ops.argsort(Ops.negative(sizes));
        Tensor s = Ops.takeAlongAxis(sizes, order, -1);
        Tensor columns = Ops.takeAlongAxis(end.get(0), Ops.expandDims(order, -2), -1);
        Tensor v = Ops.swapaxes(Ops.takeAlongAxis(end.get(1), Ops.expandDims(order, -2), -1), -1, -2);
        return List.of(orthonormal(columns, Ops.expandDims(s, -2), full), s, v);
    }

    /** Columns divided by their lengths; those of length 0, and the missing ones if full, are made orthogonal to the others. */
    private static Tensor orthonormal(Tensor columns, Tensor lengths, boolean full) {
        Tensor least = Ops.multiply(Ops.max(lengths, -1, true), columns.dtype().byteSize() == 8 ? 1e-15 : 1e-7);
        Tensor none = Ops.lessEqual(lengths, least);
        Tensor unit = Ops.where(none, 0, Ops.divide(columns, Ops.where(none, 1, lengths)));
        Tensor basis = Householder.qr(unit, full).get(0);
        long count = columns.shape().dim(-1);
        Tensor own = Ops.where(none, Ops.getItem(basis, "..., :" + count), unit);
        return full ? Ops.concatenate(List.of(own, Ops.getItem(basis, "..., " + count + ":")), -1) : own;
    }

    private interface Round {
        List<Tensor> apply(List<Tensor> state, Tensor partner);
    }

    private static List<Tensor> sweeps(List<Tensor> start, long n, Round round) {
        int players = (int) (n + n % 2);
        int rounds = players - 1;
        long[] partners = new long[Math.toIntExact(SWEEPS * rounds * n)];
        for (int i = 0; i < partners.length; i++) {
            partners[i] = partner((int) (i / n % rounds), (int) (i % n), players, (int) n);
        }
        Tensor table = Ops.reshape(Factorizations.indices(partners), SWEEPS * rounds, n);
        return Ops.scan((state, now) -> new Ops.Scanned(round.apply(state, now.get(0)), List.of()), start, List.of(table)).carries();
    }

    /** Whom a player meets in a round; itself if it has to wait. */
    private static long partner(int round, int player, int players, int present) {
        int circle = players - 1;
        int other = player == circle ? round : Math.floorMod(2 * round - player, circle);
        other = player != circle && other == player ? circle : other;
        return other < present ? other : player;
    }

    private static Tensor unit(Tensor a) {
        long n = a.shape().dim(-1);
        return Ops.broadcastTo(Ops.eye(n, n, 0, a.dtype()), a.shape().subShape(0, a.rank() - 2).concat(Shape.of(n, n)));
    }

    /** One rotation for each pair of indices: column i becomes cos times itself minus sin times its partner. */
    private record Rotation(Tensor cos, Tensor sin, Tensor partner) {
        /** The rotations that make the elements where partners meet 0. */
        static Rotation of(Tensor diagonal, Tensor meeting, Tensor partner) {
            Tensor index = Ops.arange(partner.size());
            Tensor side = Ops.where(Ops.less(index, partner), Ops.onesLike(diagonal), -1);
            Tensor none = Ops.logicalOr(Ops.equal(meeting, 0), Ops.equal(index, partner));
            Tensor distance = Ops.multiply(side, Ops.subtract(Ops.take(diagonal, partner, -1), diagonal));
            Tensor ratio = Ops.divide(distance, Ops.multiply(Ops.where(none, 1, meeting), 2));
            Tensor size = Ops.add(Ops.abs(ratio), Ops.hypot(Ops.onesLike(ratio), ratio));
            Tensor tangent = Ops.where(none, 0, Ops.divide(Ops.where(Ops.less(ratio, 0), Ops.fullLike(ratio, -1), 1), size));
            Tensor cos = Ops.rsqrt(Ops.add(Ops.square(tangent), 1));
            return new Rotation(cos, Ops.multiply(Ops.multiply(tangent, cos), side), partner);
        }

        Tensor columns(Tensor x) {
            return Ops.subtract(Ops.multiply(x, Ops.expandDims(cos, -2)),
                    Ops.multiply(Ops.take(x, partner, -1), Ops.expandDims(sin, -2)));
        }

        Tensor rows(Tensor x) {
            return Ops.subtract(Ops.multiply(x, Ops.expandDims(cos, -1)),
                    Ops.multiply(Ops.take(x, partner, -2), Ops.expandDims(sin, -1)));
        }
    }
}
