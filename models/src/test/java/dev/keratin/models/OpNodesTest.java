package dev.keratin.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.OpNode;
import dev.keratin.Operation;
import dev.keratin.Ops;
import dev.keratin.SymbolicTensor;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.config.Names;
import dev.keratin.layers.Layers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Functions of {@code Ops} on placeholders: each call is one node, which files hold. */
class OpNodesTest extends OnBackends {
    @TestFactory
    Stream<DynamicTest> calls_writtenAndReadBack_computeTheSame() {
        return backends().flatMap(backend ->
                OpCalls.all().entrySet().stream().map(call -> DynamicTest.dynamicTest(backend + " " + call.getKey(), () -> {
                    use(backend);
                    checkCall(call.getValue());
                })));
    }

    private static void checkCall(Function<OpCalls.Inputs, List<Tensor>> call) {
        Functional model = model(call);
        String json = Models.toJson(model);
        Model again = Models.fromJson(json);
        assertThat(Models.toJson(again)).isEqualTo(json);
        List<Tensor> eager = call.apply(inputs(OpCalls.data(3)));
        List<Tensor> before = model.call(OpCalls.data(3), false);
        List<Tensor> after = again.call(OpCalls.data(3), false);
        for (int i = 0; i < eager.size(); i++) {
            assertThat(before.get(i).type()).isEqualTo(eager.get(i).type());
            assertThat(before.get(i).toDoubleArray()).isEqualTo(eager.get(i).toDoubleArray());
            assertThat(after.get(i).type()).isEqualTo(eager.get(i).type());
            assertThat(after.get(i).toDoubleArray()).isEqualTo(eager.get(i).toDoubleArray());
        }
    }

    static Functional model(Function<OpCalls.Inputs, List<Tensor>> call) {
        List<Tensor> placeholders = new ArrayList<>();
        List<Tensor> data = OpCalls.data(1);
        for (int i = 0; i < data.size(); i++) {
            placeholders.add(Layers.batchInput(data.get(i).dtype(), OpCalls.placeholders().get(i)));
        }
        return Models.model(placeholders, call.apply(inputs(placeholders)));
    }

    private static OpCalls.Inputs inputs(List<Tensor> all) {
        return new OpCalls.Inputs(all.get(0), all.get(1), all.get(2), all.get(3), all.get(4));
    }

    @Test
    void operations_ofAGraph_areLayersAndOps() {
        Names.reset();
        Tensor x = Layers.input(4);
        Functional model = Models.model(x, Ops.relu(Ops.add(Ops.add(Layers.dense(3).apply(x), 1), 2)));
        assertThat(model.operations().stream().map(Operation::name)).containsExactly("input_layer", "dense", "add", "add_1", "relu");
        assertThat(model.layers()).hasSize(2);
        assertThat(model.summaryText()).contains("│ add_1 (Add)                     │ (None, 3)              │             0 │");
    }

    @Test
    void names_ofLayersAndOpsOfTheSameName_differ() {
        Names.reset();
        Tensor x = Layers.input(4);
        Functional model = Models.model(x, Layers.add().apply(Ops.add(x, 1), x));
        assertThat(model.operations().stream().map(each -> each.name())).doesNotHaveDuplicates();
    }

    @Test
    void op_appliedToPlaceholders_isOneNodeWithItsArguments() {
        SymbolicTensor y = (SymbolicTensor) Ops.mean(Ops.cast(Layers.input(3, 4), DType.INT32), new int[] {1}, true);
        OpNode mean = (OpNode) y.source().operation();
        assertThat(mean.description().path("config").path("axis").asInt()).isEqualTo(1);
        assertThat(mean.description().path("config").path("keepdims").asBoolean()).isTrue();
    }

    @Test
    void saving_opThatTakesAFunction_saysWhatToDo() {
        Tensor x = Layers.input(4);
        Functional model = Models.model(x, Ops.map(row -> Ops.multiply(row, 2), x));
        assertThatThrownBy(() -> Models.toJson(model)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a graph of layers and of ops that files can describe is required")
                .hasMessageContaining("Received: the op \"scan\"").hasMessageContaining("Lambda layer over a registered function");
    }

    @Test
    void reading_opOfPythonsFunctions_saysWhatToDo() {
        String json = Models.toJson(relu()).replace("Relu", "VectorizedMap");
        assertThatThrownBy(() -> Models.fromJson(json)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("an op that files can describe is required").hasMessageContaining("Received: \"VectorizedMap\"")
                .hasMessageContaining("a Lambda layer over a registered function");
    }

    @Test
    void reading_opOfArgumentsThatItDoesNotTake_isRefused() {
        String json = Models.toJson(relu()).replace("\"kwargs\":{}", "\"kwargs\":{\"slope\":2}");
        assertThatThrownBy(() -> Models.fromJson(json)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Relu: the arguments [x] are required").hasMessageContaining("slope");
    }

    @Test
    void reading_argumentsThatAreNotSupported_isRefused() {
        Tensor x = Layers.input(4);
        String json = Models.toJson(Models.model(x, Ops.prod(x, 1))).replace("\"dtype\":null", "\"dtype\":\"int32\"");
        assertThatThrownBy(() -> Models.fromJson(json)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Prod: null is required as dtype. Received: \"int32\".");
    }

    @Test
    void reading_opsInACycle_isRefused() {
        String json = Models.toJson(relu());
        String cyclic = json.replace("[\"in\",0,0]", "[\"cycle\",0,0]").replace("\"input_layers\":[\"cycle\"", "\"input_layers\":[\"in\"");
        assertThatThrownBy(() -> Models.fromJson(cyclic.replace("\"relu\"", "\"cycle\""))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a call that is in the file is required");
    }

    private static Functional relu() {
        Names.reset();
        Tensor x = Layers.input("in", DType.FLOAT32, 4);
        return Models.model(x, Ops.relu(x));
    }
}
