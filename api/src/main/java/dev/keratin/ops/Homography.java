package dev.keratin.ops;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import java.util.List;

/**
 * The projective transform that takes four points to four others. With the first three points of a set as columns of M
 * (third row 1), A = M diag(adj(M) p4) takes the unit vectors and their sum to the set; the transform is A1 adj(A2).
 */
final class Homography {
    private Homography() {}

    /** (a0, a1, a2, b0, b1, b2, c0, c1) that read the pixels of start points at end points: [batch, 8]. */
    static Tensor between(Tensor start, Tensor end) {
        if (!start.shape().equals(end.shape()) || start.rank() < 2 || start.shape().dim(-1) != 2 || start.shape().dim(-2) != 4) {
            throw new IllegalArgumentException("perspectiveTransform: start and end points [4, 2] or [batch, 4, 2] are required."
                    + " Received: " + start.type() + ", " + end.type() + ". Give x before y.");
        }
        Tensor matrix = Ops.matmul(basis(start), adjugate(basis(end)));
        Tensor scaled = Ops.divide(matrix, Ops.getItem(matrix, ":, 2:, 2:"));
        return Ops.cast(Ops.getItem(Ops.reshape(scaled, -1, 9), ":, :8"), DType.FLOAT32);
    }

    private static Tensor basis(Tensor points) {
        Tensor p = Ops.reshape(Ops.cast(points, DType.FLOAT64), -1, 4, 2);
        Tensor columns = Ops.swapaxes(Ops.pad(p, new int[][] {{0, 0}, {0, 0}, {0, 1}}, 1), 1, 2);
        Tensor three = Ops.getItem(columns, "..., :3");
        Tensor fourth = Ops.getItem(columns, "..., 3:");
        return Ops.multiply(three, Ops.swapaxes(Ops.matmul(adjugate(three), fourth), 1, 2));
    }

    /** The transposed matrix of cofactors of [batch, 3, 3]. */
    private static Tensor adjugate(Tensor m) {
        List<Tensor> rows = Ops.unstack(m, 1);
        Tensor first = Ops.cross(rows.get(1), rows.get(2));
        Tensor second = Ops.cross(rows.get(2), rows.get(0));
        Tensor third = Ops.cross(rows.get(0), rows.get(1));
        return Ops.stack(List.of(first, second, third), 2);
    }
}
