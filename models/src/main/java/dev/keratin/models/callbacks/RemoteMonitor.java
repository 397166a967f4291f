package dev.keratin.models.callbacks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sends the number and the metrics of each epoch to a server by HTTP POST, as JSON: {@code {"epoch":0,"loss":0.5}}. A server that
 * can't be reached is warned of and does not end training.
 *
 * @see <a href="https://keras.io/api/callbacks/remote_monitor/">Keras: RemoteMonitor</a>
 */
public final class RemoteMonitor extends Callback {
    private static final System.Logger LOG = System.getLogger(RemoteMonitor.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String root;
    private String path = "/publish/epoch/end/";
    private String field = "data";
    private Map<String, String> headers = Map.of();
    private boolean sendAsJson;

    /** Sends to {@code http://localhost:9000}. */
    public RemoteMonitor() {
        this("http://localhost:9000");
    }

    /** Sends to a server. */
    public RemoteMonitor(String root) {
        this.root = root;
    }

    /** What follows the server in the address; {@code "/publish/epoch/end/"} by default. */
    public RemoteMonitor path(String newPath) {
        path = newPath;
        return this;
    }

    /** The field of the form that holds the JSON; {@code "data"} by default. */
    public RemoteMonitor field(String newField) {
        field = newField;
        return this;
    }

    /** Headers that are added to each request; none by default. */
    public RemoteMonitor headers(Map<String, String> newHeaders) {
        headers = new LinkedHashMap<>(newHeaders);
        return this;
    }

    /** Whether the JSON is the body of the request, rather than a field of a form; false by default. */
    public RemoteMonitor sendAsJson(boolean asJson) {
        sendAsJson = asJson;
        return this;
    }

    @Override
    public void onEpochEnd(int epoch, Map<String, Double> logs) {
        ObjectNode event = JsonNodeFactory.instance.objectNode().put("epoch", epoch);
        logs.forEach((name, value) -> event.set(name, number(value)));
        try {
            HttpClient.newBuilder().connectTimeout(PATIENCE).build().send(request(event), HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "RemoteMonitor: " + root + path + " could not be reached (" + e + ").");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** JSON has no NaN. */
    private static JsonNode number(double value) {
        return Double.isFinite(value) ? JsonNodeFactory.instance.numberNode(value) : JsonNodeFactory.instance.nullNode();
    }

    private HttpRequest request(ObjectNode event) {
        String form = URLEncoder.encode(field, StandardCharsets.UTF_8) + "=" + URLEncoder.encode(event.toString(), StandardCharsets.UTF_8);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(root + path)).timeout(PATIENCE)
                .header("Content-Type", sendAsJson ? "application/json" : "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(sendAsJson ? event.toString() : form));
        headers.forEach(request::setHeader);
        return request.build();
    }
}
