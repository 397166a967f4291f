package dev.keratin.ops;

import dev.keratin.OpArguments;
import dev.keratin.OpTable;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import java.util.List;

/** The functions of {@code keras.ops.linalg} in the table of functions that files may name. */
public final class MatrixRows implements OpTable.Rows {
    @Override
    public void addTo(OpTable table) {
        table.add("Cholesky", a -> Linalg.cholesky(a.first(), a.bool("upper")))
                .add("CholeskyInverse", a -> Linalg.choleskyInverse(a.first(), a.bool("upper")))
                .add("Det", a -> Linalg.det(a.first()))
                .add("Logdet", a -> Linalg.logdet(a.first()))
                .add("Inv", a -> Linalg.inv(a.first()))
                .add("Pinv", a -> Linalg.pinv(a.only("rcond").first()))
                .add("Solve", a -> Linalg.solve(a.left(), a.right()))
                .add("SolveTriangular", a -> Linalg.solveTriangular(a.left(), a.right(), a.bool("lower")))
                .add("Lstsq", a -> Linalg.lstsq(a.only("rcond").left(), a.right()))
                .add("MatrixRank", a -> Linalg.matrixRank(a.only("tol").first()))
                .add("Norm", MatrixRows::norm);
        factors(table);
    }

    private static void factors(OpTable table) {
        table.addAll("Slogdet", a -> {
            Linalg.SignedLog result = Linalg.slogdet(a.first());
            return List.of(result.sign(), result.logarithm());
        }).addAll("LuFactor", a -> {
            Linalg.LU result = Linalg.luFactor(a.first());
            return List.of(result.lu(), result.permutation());
        }).addAll("Qr", a -> {
            Linalg.QR result = Linalg.qr(a.first(), a.text("mode").equals("complete"));
            return List.of(result.q(), result.r());
        }).addAll("Eigh", a -> {
            Linalg.Eigen result = Linalg.eigh(a.first());
            return List.of(result.values(), result.vectors());
        }).addAll("SVD", a -> {
            Linalg.SVD result = Linalg.svd(a.only("compute_uv").first(), a.bool("full_matrices"));
            return List.of(result.u(), result.s(), result.v());
        });
    }

    private static Tensor norm(OpArguments a) {
        int[] axes = a.axes("axis", a.first());
        if (axes.length == 2 && !a.isNull("ord") && !a.isNull("axis") || a.isText("ord")) {
            Tensor last = Ops.moveaxis(a.first(), axes, new int[] {-2, -1});
            Tensor norm = Linalg.matrixNorm(last, a.isText("ord") ? a.text("ord") : Integer.toString(a.integer("ord")));
            return a.bool("keepdims") ? Ops.expandDims(norm, axes) : norm;
        }
        return Ops.norm(a.first(), a.isNull("ord") ? 2 : a.number("ord"), axes, a.bool("keepdims"));
    }
}
