using System.Text;
using System.Text.RegularExpressions;

namespace Local.SlackEmulator;

/// <summary>Slack's ids of channels. Here each is made of the channel's name, so that both lead to the same place without a list.</summary>
internal static partial class ChannelIds
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whether this is an id; names of channels are in lower case.</summary>
    public static bool IsId(string channel) => Id().IsMatch(channel);

    /// <summary>The id of a channel, which is its name where that is an id already.</summary>
    public static string Of(string name) => IsId(name) ? name : $"C{Convert.ToHexString(Encoding.UTF8.GetBytes(name))}";

    /// <summary>The name of a channel that is given by its name or its id. Ids from elsewhere name themselves.</summary>
    public static string NameOf(string channel)
    {
        try
        {
            return IsId(channel) ? Strict.GetString(Convert.FromHexString(channel.AsSpan(1))) : channel.TrimStart('#');
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            return channel;
        }
    }

    [GeneratedRegex(@"\A[CDG][A-Z0-9]+\z")]
    private static partial Regex Id();
}
