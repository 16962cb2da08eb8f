using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Relay.Incidents;
using Relay.Routes;
using Relay.Slack;

namespace Relay.Tests.Slack;

/// <summary>Every situation as Slack gets it and as people read it, by a webhook and by a bot: a change shows here what it makes of them.</summary>
public sealed class GoldenTests
{
    private static readonly Destination Webhook = Parse("https://hooks.slack.com/services/" + "T000/B000/none");
    private static readonly Destination Bot = Parse("xo" + "xb-1-2-none");
    private static readonly PostedMessage Own = new("#ops", "C1", "1.2");
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Names => [.. Situations.All.Keys, "storm", "storm-with-cards"];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_situation_is_sent_like_this(string name)
    {
        var json = new JsonObject();
        foreach (var (form, destination, message) in Forms(name))
        {
            json[form] = JsonNode.Parse(SlackPayload.Json(destination, message));
        }

        AssertGolden($"{name}.json", json.ToJsonString(Readable) + "\n");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_situation_reads_like_this(string name) =>
        AssertGolden($"{name}.txt", string.Join('\n', Forms(name).Select(form => $"— {form.Name}\n{ReadMessage.Of(form.Message)}")));

    /// <summary>What a bot posts first is the state as well; what follows is an edit of it and an answer in its thread.</summary>
    private static IEnumerable<(string Name, Destination Destination, SlackMessage Message)> Forms(string name)
    {
        if (name.StartsWith("storm", StringComparison.Ordinal))
        {
            yield return ("webhook", Webhook, StormMessage.Compose(Storm.Of(23), name == "storm" ? 0 : 2).Message);
            yield break;
        }

        var notification = Situations.All[name];
        yield return ("webhook", Webhook, MessageComposer.Compose([notification]).Message);
        if (notification.Snapshot.Last is not null)
        {
            yield return ("bot's edit", Bot, MessageComposer.Compose([notification.AsState()]).Message with { Edits = Own });
            yield return ("bot's answer", Bot, MessageComposer.Compose([notification.AsAnswer()]).Message with { Answers = Own, IsBroadcast = true });
        }
    }

    /// <summary>What a change made of it is left beside the test, to be read and kept, or not.</summary>
    private static void AssertGolden(string name, string actual)
    {
        var file = Path.Combine(AppContext.BaseDirectory, "Slack", "Golden", name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!); // Not null: it is in a folder.
        File.WriteAllText($"{file}.actual", actual);
        Assert.Equal(File.Exists(file) ? File.ReadAllText(file) : "", actual);
    }

    private static Destination Parse(string secret) =>
        Destination.TryParse(secret, "#ops", AllowedHosts.Slack, out var destination, out var problem)
            ? destination
            : throw new ArgumentException(problem, nameof(secret));
}
