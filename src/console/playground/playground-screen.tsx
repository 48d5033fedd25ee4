import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSession } from '../session/me';
import { api, read } from '../shared/api';
import { channelName } from '../shared/channel-name';
import { FaultAlert } from '../shared/fault-alert';
import { Loading } from '../shared/loading';
import { visibleText } from '../shared/visible-text';
import { DryRunResult } from './dry-run-result';
import type { Fields } from './request-of';
import { requestOf, wantedFields } from './request-of';

/** Tries a template before it costs a message: what would be sent, what proves it, what it costs. */
export function PlaygroundScreen() {
  const { company } = useSession();
  const [chosenProject, setProject] = useState<string>();
  const [chosenChannel, setChannel] = useState<string>();
  const [fields, setFields] = useState<Fields>({});
  const [reply, setReply] = useState('');
  const project = company?.projects.find(({ id }) => id === chosenProject) ?? company?.projects[0];
  const ids = { company: company?.id ?? '', project: project?.id ?? '' };
  const templates = useQuery({
    queryKey: ['templates', ids],
    queryFn: async () => read(api.GET('/console/api/companies/templates', { params: { query: ids } })),
    enabled: project !== undefined,
  });
  const template =
    templates.data?.templates.find(({ channel }) => channel === chosenChannel) ?? templates.data?.templates[0];
  const tryOut = useMutation({
    mutationFn: async () =>
      read(
        api.POST('/console/api/playground/dry-run', {
          params: { query: { company: ids.company } },
          body: { request: requestOf(ids, template?.channel ?? '', fields), reply },
        }),
      ),
  });
  const projects = (company?.projects ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const channels = (templates.data?.templates ?? []).map(({ channel, name }) => ({
    value: channel,
    label: `${channelName(channel)}: ${name}`,
  }));
  return (
    <ContentLayout
      header={
        <Header variant="h1" description="Nothing is sent and nothing is kept. The model is asked, and paid.">
          Playground
        </Header>
      }
    >
      <SpaceBetween size="l">
        {templates.error && <FaultAlert error={templates.error} />}
        {templates.isPending && <Loading what="the templates" />}
        <div className="side-by-side">
          <Container header={<Header variant="h2">Request</Header>}>
            <form
              onSubmit={(event) => {
                event.preventDefault();
                tryOut.mutate();
              }}
            >
              <SpaceBetween size="m">
                <FormField label="Project">
                  <Select
                    options={projects}
                    selectedOption={projects.find(({ value }) => value === project?.id) ?? null}
                    onChange={({ detail }) => {
                      setProject(detail.selectedOption.value);
                    }}
                  />
                </FormField>
                <FormField label="Template">
                  <Select
                    options={channels}
                    selectedOption={channels.find(({ value }) => value === template?.channel) ?? null}
                    onChange={({ detail }) => {
                      setChannel(detail.selectedOption.value);
                    }}
                  />
                </FormField>
                {wantedFields(template).map(({ path, description }) => (
                  <FormField key={path} label={<bdi>{visibleText(path)}</bdi>} description={visibleText(description)}>
                    <Input
                      value={fields[path] ?? ''}
                      onChange={({ detail }) => {
                        setFields((before) => ({ ...before, [path]: detail.value }));
                      }}
                    />
                  </FormField>
                ))}
                <FormField
                  label="Reply"
                  description="What the recipient might answer; left empty, only the message is tried"
                >
                  <Input
                    value={reply}
                    onChange={({ detail }) => {
                      setReply(detail.value);
                    }}
                  />
                </FormField>
                <Button variant="primary" formAction="submit" loading={tryOut.isPending} disabled={!template}>
                  Try it
                </Button>
              </SpaceBetween>
            </form>
          </Container>
          <SpaceBetween size="m">
            {tryOut.error && <FaultAlert error={tryOut.error} />}
            {tryOut.data && <DryRunResult run={tryOut.data} request={requestOf(ids, template?.channel ?? '', fields)} />}
            {!tryOut.data && !tryOut.error && (
              <Alert type="info">Fill in what the template copies and what the message is about, then try it.</Alert>
            )}
          </SpaceBetween>
        </div>
      </SpaceBetween>
    </ContentLayout>
  );
}
