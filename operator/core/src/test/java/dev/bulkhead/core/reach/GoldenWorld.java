package dev.bulkhead.core.reach;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Protocol;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** A cluster with the verdicts that engines written by others gave on it: one line of a golden file. */
record GoldenWorld(
        String id,
        Map<String, Namespace> namespaces,
        Map<String, Endpoint> endpoints,
        List<NetworkPolicy> policies,
        List<Probe> probes,
        Map<PluginSemantics.IpBlocks, Map<String, String>> expected) {

    record Probe(Protocol protocol, int port) {}

    static List<GoldenWorld> read(InputStream file) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<GoldenWorld> worlds = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(file), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                worlds.add(of(json.readTree(line)));
            }
        }
        return worlds;
    }

    private static GoldenWorld of(JsonNode line) {
        Map<String, Namespace> namespaces = new HashMap<>();
        Map<String, Endpoint> endpoints = new HashMap<>();
        List<NetworkPolicy> policies = new ArrayList<>();
        for (JsonNode object : line.path("objects")) {
            String name = object.at("/metadata/name").asText();
            switch (object.path("kind").asText()) {
                case "Namespace" -> namespaces.put(name, KubernetesObjects.namespace(object));
                case "Pod" ->
                    endpoints.put(
                            object.at("/metadata/namespace").asText() + "/" + name, KubernetesObjects.pod(object));
                case "NetworkPolicy" -> policies.add(KubernetesObjects.policy(object));
                default -> throw new IllegalArgumentException("unexpected object " + object);
            }
        }
        for (JsonNode address : line.path("external")) {
            endpoints.put(address.asText(), new Endpoint.Outside(IpAddress.parse(address.asText())));
        }
        List<Probe> probes = new ArrayList<>();
        for (JsonNode probe : line.path("probes")) {
            probes.add(new Probe(
                    Protocol.valueOf(probe.path("protocol").asText()),
                    probe.path("port").asInt()));
        }
        Map<String, String> expected = verdicts(line.path("expect"));
        Map<String, String> otherReading = new HashMap<>(expected);
        otherReading.putAll(verdicts(line.path("expectIpBlockNeverMatchesPods")));
        return new GoldenWorld(
                line.path("id").asText(),
                namespaces,
                endpoints,
                policies,
                probes,
                Map.of(
                        PluginSemantics.IpBlocks.MATCH_PODS,
                        expected,
                        PluginSemantics.IpBlocks.NEVER_MATCH_PODS,
                        otherReading));
    }

    private static Map<String, String> verdicts(JsonNode object) {
        Map<String, String> verdicts = new HashMap<>();
        object.properties()
                .forEach(entry -> verdicts.put(entry.getKey(), entry.getValue().asText()));
        return verdicts;
    }
}
