using System.Globalization;
using Relay.Incidents;
using Relay.Storage;

namespace Relay.State;

/// <summary>How a host's record is written into a blob's metadata, so that one listing reads all hosts of an incident.</summary>
internal static class HostMetadata
{
    private const string Host = "host";
    private const string FirstFailed = "firstfailed";
    private const string LastFailed = "lastfailed";
    private const string Ended = "ended";
    private const string Recovered = "recovered";
    private const string Runs = "runs";
    private const string LastRun = "lastrun";
    private const string Events = "events";

    public static IReadOnlyDictionary<string, string> Write(HostRecord record)
    {
        var metadata = new Dictionary<string, string>
        {
            [Host] = record.Host,
            [Runs] = record.Runs.ToString(CultureInfo.InvariantCulture),
            [Events] = string.Join(' ', record.Events),
        };
        if (record.LastRun is { } run)
        {
            metadata[LastRun] = run;
        }

        WriteTime(FirstFailed, record.FirstFailedAt);
        WriteTime(LastFailed, record.LastFailedAt);
        WriteTime(Ended, record.EndedAt);
        WriteTime(Recovered, record.RecoveredAt);
        return metadata;

        void WriteTime(string key, DateTimeOffset? time)
        {
            if (time is { } value)
            {
                metadata[key] = MetadataTime.Write(value);
            }
        }
    }

    public static HostRecord Read(IReadOnlyDictionary<string, string> metadata) => new()
    {
        Host = metadata[Host],
        FirstFailedAt = MetadataTime.Read(metadata, FirstFailed),
        LastFailedAt = MetadataTime.Read(metadata, LastFailed),
        EndedAt = MetadataTime.Read(metadata, Ended),
        RecoveredAt = MetadataTime.Read(metadata, Recovered),
        Runs = int.Parse(metadata[Runs], CultureInfo.InvariantCulture),
        LastRun = metadata.GetValueOrDefault(LastRun),
        Events = metadata[Events].Split(' ', StringSplitOptions.RemoveEmptyEntries),
    };
}
