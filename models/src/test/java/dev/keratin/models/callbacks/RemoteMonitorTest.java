package dev.keratin.models.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a server on this host receives. */
class RemoteMonitorTest {
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Double> logs = new LinkedHashMap<>(Map.of("loss", 0.5));
    private HttpServer server;
    private String root;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::record);
        server.start();
        root = "http://" + server.getAddress().getHostString() + ":" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void record(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("Content-Type") + " " + exchange.getRequestHeaders().getFirst("X-Run")
                + " " + URLDecoder.decode(body, StandardCharsets.UTF_8));
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    @Test
    void epochEnd_byDefault_postsAForm() {
        new RemoteMonitor(root).onEpochEnd(2, logs);

        assertThat(requests).containsExactly("POST /publish/epoch/end/ application/x-www-form-urlencoded null"
                + " data={\"epoch\":2,\"loss\":0.5}");
    }

    @Test
    void epochEnd_asJsonElsewhere_postsJsonWithHeaders() {
        logs.put("loss", Double.NaN);
        new RemoteMonitor(root).path("/runs").sendAsJson(true).headers(Map.of("X-Run", "7")).onEpochEnd(0, logs);

        assertThat(requests).containsExactly("POST /runs application/json 7 {\"epoch\":0,\"loss\":null}");
    }

    @Test
    void epochEnd_fieldOfTheForm_isNamed() {
        new RemoteMonitor(root).field("a&b").onEpochEnd(0, Map.of());

        assertThat(requests.get(0)).endsWith(" a&b={\"epoch\":0}");
    }

    @Test
    void epochEnd_noServer_goesOn() {
        server.stop(0);

        new RemoteMonitor(root).onEpochEnd(0, logs);

        assertThat(requests).isEmpty();
    }
}
