package dev.keratin.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.DType;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Compare;
import dev.keratin.backend.ir.CompareKind;
import dev.keratin.backend.ir.Cumulative;
import dev.keratin.backend.ir.CumulativeKind;
import dev.keratin.backend.ir.Domain;
import dev.keratin.backend.ir.Fusion;
import dev.keratin.backend.ir.FusionKind;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Pool;
import dev.keratin.backend.ir.PoolGrad;
import dev.keratin.backend.ir.PoolKind;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.ReduceKind;
import dev.keratin.backend.ir.ScatterElements;
import dev.keratin.backend.ir.ScatterKind;
import dev.keratin.backend.ir.ScatterNd;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.UnaryKind;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That the table leaves nothing out. */
final class CaseTableTest {
    private final Set<String> covered = new HashSet<>();

    CaseTableTest() {
        cases().forEach(each -> visit(each.sketch().program()));
    }

    private static Stream<Case> cases() {
        return CaseTable.families().stream().flatMap(family -> family.cases().stream());
    }

    private void visit(Program program) {
        for (Node node : program.nodes()) {
            covered.add(node.op().getClass().getSimpleName());
            DType type = node.inputs().isEmpty() ? node.output().type().dtype() : node.inputs().get(0).type().dtype();
            covered.add(kind(node.op()) + " of " + type);
            node.op().bodies().forEach(this::visit);
        }
    }

    private static String kind(Op op) {
        if (op instanceof Pool pool) {
            return "pool" + pool.kind();
        }
        if (op instanceof PoolGrad grad) {
            return "poolGrad" + grad.kind();
        }
        if (op instanceof ScatterNd scatter) {
            return "scatterNd" + scatter.kind();
        }
        if (op instanceof ScatterElements scatter) {
            return "scatterElements" + scatter.kind();
        }
        if (op instanceof Cumulative cumulative) {
            return "cumulative" + cumulative.kind();
        }
        return op instanceof Fusion fusion ? "fusion" + fusion.kind() : op.label();
    }

    private void requireAll(String label, Domain domain) {
        Types.in(domain).forEach(type -> assertThat(covered).contains(label + " of " + type));
    }

    @Test
    void names_all_areUnique() {
        List<String> names = cases().map(Case::name).toList();
        assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThan(2000);
    }

    @Test
    void table_everyOp_hasACase() {
        assertThat(covered).containsAll(Stream.of(Op.class.getPermittedSubclasses()).map(Class::getSimpleName).toList());
    }

    @Test
    void table_everyElementwiseKind_hasACaseForEachTypeItTakes() {
        for (UnaryKind kind : UnaryKind.values()) {
            requireAll(new Unary(kind).label(), kind.domain());
        }
        for (BinaryKind kind : BinaryKind.values()) {
            requireAll(new Binary(kind).label(), kind.domain());
        }
        for (CompareKind kind : CompareKind.values()) {
            requireAll(new Compare(kind).label(), Domain.ANY);
        }
    }

    @Test
    void table_everyOtherKind_hasACaseForEachTypeItTakes() {
        for (ReduceKind kind : ReduceKind.values()) {
            boolean logical = kind == ReduceKind.ALL || kind == ReduceKind.ANY;
            String label = new Reduce(kind, List.of(), false).label();
            Types.in(Domain.ANY).stream().filter(type -> logical == (type == DType.BOOL))
                    .forEach(type -> assertThat(covered).contains(label + " of " + type));
        }
        for (CumulativeKind kind : CumulativeKind.values()) {
            requireAll("cumulative" + kind, Domain.NUMBER);
        }
        for (ScatterKind kind : ScatterKind.values()) {
            requireAll("scatterNd" + kind, Domain.NUMBER);
            requireAll("scatterElements" + kind, Domain.NUMBER);
        }
        for (PoolKind kind : PoolKind.values()) {
            requireAll("pool" + kind, Domain.FLOATING);
            requireAll("poolGrad" + kind, Domain.FLOATING);
        }
        for (FusionKind kind : EnumSet.complementOf(EnumSet.of(FusionKind.ROUTINE))) {
            assertThat(covered).contains("fusion" + kind + " of float32");
        }
    }
}
