using Hosting;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Local.Queue;

/// <summary>The queue settings of <c>host.json</c>, as the Functions host reads them.</summary>
/// <param name="BatchSize">How many messages are received at once.</param>
/// <param name="NewBatchThreshold">More are received once no more than this many are at work.</param>
/// <param name="MaxPollingInterval">The longest pause between two looks into an empty queue.</param>
/// <param name="VisibilityTimeout">How long a message that failed stays out of sight.</param>
/// <param name="MaxDequeueCount">How often a message is tried before it goes to the poison queue.</param>
/// <param name="MessageEncoding"><c>base64</c> or <c>none</c>.</param>
public sealed record QueueSettings(
    int BatchSize,
    int NewBatchThreshold,
    TimeSpan MaxPollingInterval,
    TimeSpan VisibilityTimeout,
    int MaxDequeueCount,
    string MessageEncoding)
{
    /// <summary>How long the Functions host keeps a message out of sight while it handles it; nothing in <c>host.json</c> changes that.</summary>
    public static readonly TimeSpan HostRedelivery = TimeSpan.FromMinutes(10);

    /// <summary>After this a message comes again whose process was killed.</summary>
    [JsonIgnore]
    public TimeSpan Redelivery { get; init; } = HostRedelivery;

    /// <summary>Reads them from the file that both heads ship.</summary>
    public static QueueSettings Read()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "host.json");
        using var host = JsonDocument.Parse(File.ReadAllBytes(file));
        return host.RootElement.GetProperty("extensions").GetProperty("queues").Deserialize<QueueSettings>(JsonSerializerOptions.Web)
            ?? throw new StartException($"{file} has no settings in extensions.queues.");
    }
}
