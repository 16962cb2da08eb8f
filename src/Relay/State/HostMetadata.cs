using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Relay.Incidents;
using Relay.Storage;

namespace Relay.State;

/// <summary>How a host's record is written into a blob's metadata, so that one listing reads all hosts of an incident.</summary>
/// <remarks>
/// A blob has at most 8 KiB of metadata, in ASCII: texts of people are Base64, and the ids stand one behind the other.
/// https://learn.microsoft.com/rest/api/storageservices/setting-and-retrieving-properties-and-metadata-for-blob-resources
/// </remarks>
internal static class HostMetadata
{
    private const int IdLength = 16;

    private const string Host = "host";
    private const string Inventory = "inventory";
    private const string Cause = "cause";
    private const string CauseKey = "causekey";
    private const string FirstFailed = "firstfailed";
    private const string LastFailed = "lastfailed";
    private const string Mended = "mended";
    private const string Runs = "runs";
    private const string LastRun = "lastrun";
    private const string Failures = "failures";
    private const string Settled = "settled";
    private const string Open = "open";
    private const string Received = "received";
    private const string RecoveredEarly = "early";

    public static IReadOnlyDictionary<string, string> Write(HostRecord record)
    {
        (string Key, string? Value)[] all =
        [
            (Host, Text(record.Host)),
            (Inventory, Text(record.Inventory)),
            (Cause, Text(record.Cause?.Line)),
            (CauseKey, record.Cause?.Key),
            (FirstFailed, Time(record.FirstFailedAt)),
            (LastFailed, Time(record.LastFailedAt)),
            (Mended, Time(record.MendedAt)),
            (Runs, Number(record.Runs)),
            (LastRun, record.LastRun),
            (Failures, Number(record.Failures)),
            (Settled, Number(record.Settled)),
            (Open, Ids(record.Open)),
            (Received, Ids(record.Received)),
            (RecoveredEarly, Ids(record.RecoveredEarly)),
        ];
        return all.Where(one => !string.IsNullOrEmpty(one.Value)).ToDictionary(one => one.Key, one => one.Value!); // Not null, as asked.
    }

    /// <exception cref="FormatException">It is no record.</exception>
    public static HostRecord Read(IReadOnlyDictionary<string, string> metadata)
    {
        return new()
        {
            Host = ReadText(Host) ?? throw new FormatException("A host's record has no name."),
            Inventory = ReadText(Inventory),
            Cause = metadata.TryGetValue(CauseKey, out var key) ? new(ReadText(Cause) ?? "", key) : null,
            FirstFailedAt = MetadataTime.Read(metadata, FirstFailed),
            LastFailedAt = MetadataTime.Read(metadata, LastFailed),
            MendedAt = MetadataTime.Read(metadata, Mended),
            Runs = ReadNumber(Runs),
            LastRun = metadata.GetValueOrDefault(LastRun),
            Failures = ReadNumber(Failures),
            Settled = ReadNumber(Settled),
            Open = ReadIds(Open),
            Received = ReadIds(Received),
            RecoveredEarly = ReadIds(RecoveredEarly),
        };

        string? ReadText(string key) =>
            metadata.TryGetValue(key, out var text) ? Encoding.UTF8.GetString(Convert.FromBase64String(text)) : null;

        int ReadNumber(string key) => metadata.TryGetValue(key, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : 0;

        ImmutableArray<string> ReadIds(string key) =>
            [.. metadata.GetValueOrDefault(key, "").Chunk(IdLength).Select(id => new string(id))];
    }

    private static string? Text(string? text) => text is null ? null : Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string? Time(DateTimeOffset? time) => time is { } value ? MetadataTime.Write(value) : null;

    private static string? Number(int number) => number == 0 ? null : number.ToString(CultureInfo.InvariantCulture);

    private static string Ids(ImmutableArray<string> ids) => string.Concat(ids);
}
