namespace Relay.Slack;

/// <summary>A titled value; short ones stand two in a row.</summary>
public sealed record AttachmentField(string Title, string Value, bool Short)
{
    /// <summary>How many characters it has on the wire, JSON's own left aside.</summary>
    public int Length => Title.Length + Value.Length;
}
