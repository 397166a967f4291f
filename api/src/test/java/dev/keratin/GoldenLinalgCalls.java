package dev.keratin;

import dev.keratin.ops.Linalg;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** How linear algebra is called. */
final class GoldenLinalgCalls {
    private GoldenLinalgCalls() {}

    static void addTo(Map<String, Function<GoldenCall, List<Tensor>>> table) {
        table.put("cholesky", c -> List.of(Linalg.cholesky(c.tensor(0))));
        table.put("cholesky_inverse", c -> List.of(Linalg.choleskyInverse(c.tensor(0), c.keyword("upper").asBoolean())));
        table.put("det", c -> List.of(Linalg.det(c.tensor(0))));
        table.put("inv", c -> List.of(Linalg.inv(c.tensor(0))));
        table.put("logdet", c -> List.of(Linalg.logdet(c.tensor(0))));
        table.put("slogdet", c -> List.of(Linalg.slogdet(c.tensor(0)).sign(), Linalg.slogdet(c.tensor(0)).logarithm()));
        table.put("solve", c -> List.of(Linalg.solve(c.tensor(0), c.tensor(1))));
        table.put("solve_triangular", c -> List.of(Linalg.solveTriangular(c.tensor(0), c.tensor(1), c.keyword("lower").asBoolean())));
        table.put("lstsq", c -> List.of(Linalg.lstsq(c.tensor(0), c.tensor(1))));
        table.put("pinv", c -> List.of(Linalg.pinv(c.tensor(0))));
        table.put("matrix_rank", c -> List.of(Linalg.matrixRank(c.tensor(0))));
        table.put("lu_factor", c -> {
            Linalg.LU lu = Linalg.luFactor(c.tensor(0));
            return List.of(lu.lu(), lu.permutation());
        });
        table.put("qr", c -> {
            Linalg.QR qr = Linalg.qr(c.tensor(0));
            return List.of(qr.q(), qr.r());
        });
    }
}
