using System.Text.Json.Serialization;

namespace Local.SlackEmulator;

/// <summary>How Slack misbehaves, as <c>PUT /slack/faults</c> says it: until it is deleted, unless <see cref="Count"/> is given.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record Fault
{
    public required FaultMode Mode { get; init; }

    public int? Status { get; init; }

    public string Body { get; init; } = "";

    /// <summary>The <c>Retry-After</c> header as it stands; no header without it. A number of seconds may be written as a number.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? RetryAfter { get; init; }

    /// <summary>How long a hanging answer takes.</summary>
    public double? Seconds { get; init; }

    /// <summary>Whether the message is kept all the same, as Slack does when only its answer is lost.</summary>
    public bool Accepted { get; init; }

    /// <summary>How many posts it meets, null for all.</summary>
    public int? Count { get; init; }

    /// <summary>The share of the posts it meets, 0 to 1; which ones is drawn from <see cref="Seed"/>.</summary>
    public double? Fraction { get; init; }

    public int Seed { get; init; } = 1;

    /// <summary>The one destination it meets, as messages and statistics name it; null for all.</summary>
    public string? Destination { get; init; }
}
