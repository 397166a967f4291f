package dev.keratin.constraints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.config.Json;
import dev.keratin.goldens.Closeness;
import dev.keratin.goldens.GoldenCase;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ConstraintsTest {
    /** A norm and two products in float32. */
    private static final Closeness CLOSE = new Closeness(2e-6, 1e-7);

    @TestFactory
    Stream<DynamicTest> call_keras_sameWeight() {
        return GoldenCase.table("constraints").stream().map(golden -> DynamicTest.dynamicTest(golden.toString(), () -> {
            Constraint constraint = Constraints.registry().deserialize(
                    Json.object().put("class_name", golden.text("constraint")).set("config", golden.arguments()));
            CLOSE.check(constraint.call(golden.tensor("x")), golden.values("y"));
        }));
    }

    @TestFactory
    Stream<DynamicTest> config_roundTrip_sameConfig() {
        return Constraints.registry().names().stream().map(name -> DynamicTest.dynamicTest(name, () -> {
            Constraint constraint = Constraints.get(name);
            assertThat(Constraints.registry().deserialize(Constraints.registry().serialize(constraint)).config())
                    .hasToString(constraint.config().toString());
        }));
    }

    @Test
    void config_allArguments_underKerasNames() {
        assertThat(new MinMaxNorm(0.5, 2).rate(0.9).axis(0, 1).config())
                .hasToString("{\"min_value\":0.5,\"max_value\":2.0,\"rate\":0.9,\"axis\":[0,1]}");
        assertThat(new MaxNorm(3).axis(1).config()).hasToString("{\"max_value\":3.0,\"axis\":1}");
        assertThat(new UnitNorm().config()).hasToString("{\"axis\":0}");
    }

    @Test
    void get_unknownName_namesNearMisses() {
        assertThatThrownBy(() -> Constraints.get("maxnorm")).hasMessageContaining("\"max_norm\"");
    }
}
