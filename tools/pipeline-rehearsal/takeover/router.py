import json
import os

import botocore.session

sqs = botocore.session.get_session().create_client('sqs')


def handler(event, context):
    body = json.loads(event['body'])
    sqs.send_message(QueueUrl=os.environ['QUEUE_URL'], MessageBody=json.dumps(body))
    answer = {'status': 'success', 'request_id': body['request_data']['request_id']}
    return {'statusCode': 200, 'body': json.dumps(answer)}
