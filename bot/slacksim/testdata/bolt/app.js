'use strict';

// A small Bolt app, written as Slack's own examples are. It knows nothing of
// slacksim but the address in SLACK_API_URL: what it can do here, it can do in
// a workspace. bolt_test.go plays the people who use it.

const { App, LogLevel } = require('@slack/bolt');

const app = new App({
  token: process.env.SLACK_BOT_TOKEN,
  appToken: process.env.SLACK_APP_TOKEN,
  socketMode: true,
  logLevel: LogLevel[process.env.BOLT_LOG_LEVEL || 'WARN'],
  // App hands clientOptions on to its SocketModeReceiver as installerOptions,
  // so that apps.connections.open goes to the same address. Without retries a
  // refused call fails at once and shows its error.
  clientOptions: {
    slackApiUrl: process.env.SLACK_API_URL,
    retryConfig: { retries: 0 },
  },
});

const plain = (text) => ({ type: 'plain_text', text });
const mrkdwn = (text) => ({ type: 'mrkdwn', text });

app.command('/role', async ({ ack, body, client }) => {
  await ack();
  await client.views.open({
    trigger_id: body.trigger_id,
    view: {
      type: 'modal',
      callback_id: 'new_role',
      private_metadata: body.channel_id,
      title: plain('New role'),
      submit: plain('Create'),
      close: plain('Cancel'),
      notify_on_close: true,
      blocks: [
        {
          type: 'input',
          block_id: 'name',
          label: plain('Name'),
          element: { type: 'plain_text_input', action_id: 'text' },
        },
        {
          type: 'input',
          block_id: 'level',
          label: plain('Level'),
          optional: true,
          element: {
            type: 'static_select',
            action_id: 'pick',
            options: ['Junior', 'Senior'].map((l) => ({ text: plain(l), value: l.toLowerCase() })),
          },
        },
      ],
    },
  });
});

// Three letters are no role: the form has to show that under its field.
app.view('new_role', async ({ ack, body, view, client }) => {
  const { name, level } = view.state.values;
  if (name.text.value.length < 4) {
    await ack({ response_action: 'errors', errors: { name: 'Too short for a role.' } });
    return;
  }
  await ack();
  const picked = level.pick.selected_option;
  await client.chat.postMessage({
    channel: view.private_metadata,
    text: `New role: ${name.text.value}`,
    blocks: [
      {
        type: 'section',
        block_id: 'role',
        text: mrkdwn(`*${name.text.value}* (${picked ? picked.value : 'any level'}), asked for by <@${body.user.id}>`),
      },
      {
        type: 'actions',
        block_id: 'decide',
        elements: [
          { type: 'button', action_id: 'approve', style: 'primary', text: plain('Approve'), value: name.text.value },
        ],
      },
    ],
  });
});

app.view({ callback_id: 'new_role', type: 'view_closed' }, async ({ ack, body, client }) => {
  await ack();
  await client.chat.postEphemeral({
    channel: body.view.private_metadata,
    user: body.user.id,
    text: 'No role then.',
  });
});

app.action('approve', async ({ ack, action, body, client, respond }) => {
  await ack();
  await client.chat.update({
    channel: body.channel.id,
    ts: body.message.ts,
    text: `Approved: ${action.value}`,
    blocks: [
      { type: 'section', block_id: 'done', text: mrkdwn(`:white_check_mark: *${action.value}*, approved by <@${body.user.id}>`) },
    ],
  });
  await respond({ response_type: 'ephemeral', replace_original: false, text: 'Thank you.' });
});

app.event('app_home_opened', async ({ event, client }) => {
  if (event.tab !== 'home') return;
  await client.views.publish({
    user_id: event.user,
    view: {
      type: 'home',
      blocks: [
        { type: 'header', text: plain('Roles') },
        { type: 'section', text: mrkdwn(`Hello <@${event.user}>.`) },
      ],
    },
  });
});

app.error(async (error) => {
  console.error('bolt app error:', error.code, error.message, JSON.stringify(error.data || {}));
});

(async () => {
  await app.start();
  console.log('bolt app is connected');
})().catch((error) => {
  console.error('bolt app did not start:', error);
  process.exit(1);
});

process.on('SIGTERM', async () => {
  await app.stop();
  process.exit(0);
});
