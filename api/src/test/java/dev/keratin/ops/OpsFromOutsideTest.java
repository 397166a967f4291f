package dev.keratin.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.Backends;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The facade is a chain of package-private classes; this is its use from another package. */
class OpsFromOutsideTest {
    @BeforeAll
    static void useReferenceBackend() {
        if (System.getProperty("keratin.backend") == null) {
            Backends.use("java");
        }
    }

    @Test
    void methodReferencesAndNestedRecords_areAccessible() {
        Function<Tensor, Tensor> exp = Ops::exp;
        BinaryOperator<Tensor> product = Ops::matmul;
        Ops.Largest largest = Ops.topK(Ops.arange(5), 2);
        Ops.Moments moments = Ops.moments(Ops.ones(2, 3), 0);
        assertThat(exp.apply(Ops.zeros(2)).toFloatArray()).containsExactly(1, 1);
        assertThat(product.apply(Ops.eye(2), Ops.eye(2)).shape()).isEqualTo(Ops.eye(2).shape());
        assertThat(largest.values().toIntArray()).containsExactly(4, 3);
        assertThat(moments.variance().toFloatArray()).containsExactly(0, 0, 0);
        assertThat(Stream.of(Ops.ones(1)).map(Ops::relu).toList()).hasSize(1);
    }
}
