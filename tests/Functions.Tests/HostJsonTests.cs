using System.Text.Json.Nodes;

namespace Functions.Tests;

public sealed class HostJsonTests
{
    private static readonly JsonNode Host = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "host.json")))!;

    [Fact]
    public void The_trigger_decodes_what_the_relay_writes() => Assert.Equal("base64", $"{Host["extensions"]?["queues"]?["messageEncoding"]}");

    [Fact]
    public void The_alert_on_poison_messages_has_its_line_in_the_log() => Assert.Equal("Warning", $"{Host["logging"]?["logLevel"]?["Host.Triggers.Queue"]}");

    [Fact]
    public void Host_and_worker_trace_in_the_same_way() => Assert.Equal("OpenTelemetry", $"{Host["telemetryMode"]}");
}
